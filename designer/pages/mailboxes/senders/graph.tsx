import { SimpleGrid, Stack, TextInput } from '@mantine/core';
import { graphClouds } from '../../../../schemas/sources/graph.ts';
import { AuthorisationSelect } from '../../authorisations/AuthorisationSelect.tsx';
import { CloudField } from '../../authorisations/CloudField.tsx';
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
  Fields: GraphFields,
};

const clouds = graphClouds.map(({ baseUrl, name }) => ({ value: baseUrl, label: name }));

function GraphFields({ form, onChange }: SenderFieldsProps) {
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label="Mailbox"
          description="Sends, and keeps a copy in Sent Items"
          required
          autoComplete="off"
          value={form.username}
          onChange={(event) => onChange({ username: event.currentTarget.value })}
        />
        <CloudField
          description="Tokens of one cloud are worth nothing in another"
          clouds={clouds}
          value={form.baseUrl}
          onChange={(baseUrl) => onChange({ baseUrl })}
        />
      </SimpleGrid>
      <AuthorisationSelect value={form.authorisation} onChange={(authorisation) => onChange({ authorisation })} />
    </Stack>
  );
}
