import { Stack } from '@mantine/core';
import { GraphFields } from '../fields/GraphFields.tsx';
import type { SenderFieldsProps, SenderForm } from './sender-form.ts';

export const graphForm: SenderForm<'graph'> = {
  label: 'Microsoft Graph',
  bodyOf: ({ baseUrl, username, authorisation }) => ({
    type: 'graph',
    baseUrl,
    username: username.trim(),
    authorisation,
  }),
  fieldsOf: ({ graph }) => ({ ...graph }),
  whereOf: ({ graph }) => (graph ? new URL(graph.baseUrl).host : ''),
  canTry: ({ username, authorisation }) => username.trim() !== '' && authorisation !== '',
  Fields,
};

function Fields({ form, onChange }: SenderFieldsProps) {
  return (
    <Stack gap="md">
      <GraphFields form={form} onChange={onChange} hint="Sends, and keeps a copy in Sent Items" />
    </Stack>
  );
}
