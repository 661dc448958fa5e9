import { Alert, Checkbox, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { ewsPath, ewsPorts } from '../../../../schemas/sources/ews.ts';
import { commonOf, isServerComplete, serverFields, serverOf } from '../mailbox-form.ts';
import { AfterTakingFields, afterTakingInWords } from './AfterTakingFields.tsx';
import { FolderPicker } from './FolderPicker.tsx';
import { ServerFields } from './ServerFields.tsx';
import type { ConnectionFieldsProps, OwnFieldsProps, SourceForm } from './source-form.ts';
import { TakeDaysField } from './TakeDaysField.tsx';

export const ewsForm: SourceForm = {
  label: 'Exchange (EWS)',
  ports: ewsPorts,
  pollHint: 'Exchange is asked for what has changed: this is the longest that a mail waits there',
  bodyOf: (form) => ({
    ...commonOf(form),
    type: 'ews',
    ...serverOf(form),
    path: form.path.trim() || ewsPath,
    impersonate: form.impersonate,
    folders: form.folders,
    afterTaking: form.afterTaking,
    takeDays: form.takeDays,
  }),
  fieldsOf: ({ ews, folders }) => ({
    ...(ews && { ...serverFields(ews), path: ews.path ?? ewsPath, impersonate: ews.impersonate ?? false }),
    folders,
  }),
  isComplete: isServerComplete,
  whereOf: ({ ews }) => (ews ? `${ews.host}:${ews.port}` : ''),
  factOf: ({ folders, pollSeconds, afterTaking }) => ({
    label: 'Folders',
    text: folders.join(', '),
    hint: `Looked at every ${pollSeconds} s; taken mails are ${afterTakingInWords(afterTaking)}`,
  }),
  ConnectionFields: Connection,
  OwnFields,
};

function Connection(props: ConnectionFieldsProps) {
  const { form, onChange } = props;
  return (
    <>
      <Alert color="blue" variant="light" icon={<IconInfoCircle size={18} />} p="xs">
        Exchange on-premise only. Exchange Online (Microsoft 365) no longer has this: choose Microsoft Graph for it.
      </Alert>
      <ServerFields {...props} label="Exchange" example="mail.example.com" ports={ewsPorts} />
      <TextInput
        label="Path"
        description="Of Exchange Web Services on that server"
        required
        pattern="/.*"
        value={form.path}
        onChange={(event) => onChange({ path: event.currentTarget.value })}
      />
      <Checkbox
        label="The user is a service account that acts as the address"
        description="Needs the role ApplicationImpersonation. Left off: the user has full access to the mailbox, or is the mailbox"
        checked={form.impersonate}
        onChange={(event) => onChange({ impersonate: event.currentTarget.checked })}
      />
    </>
  );
}

function OwnFields(props: OwnFieldsProps) {
  return (
    <>
      <FolderPicker {...props} />
      <AfterTakingFields {...props} />
      {props.isNew && <TakeDaysField {...props} hint="Once, in every folder, by the time at which Exchange got them" />}
    </>
  );
}
