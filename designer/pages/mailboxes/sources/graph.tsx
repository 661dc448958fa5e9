import { GraphFields } from '../fields/GraphFields.tsx';
import { commonOf } from '../mailbox-form.ts';
import { AfterTakingFields, afterTakingInWords } from './AfterTakingFields.tsx';
import { FolderPicker } from './FolderPicker.tsx';
import type { ConnectionFieldsProps, OwnFieldsProps, SourceForm } from './source-form.ts';
import { TakeDaysField } from './TakeDaysField.tsx';

export const graphForm: SourceForm = {
  label: 'Microsoft Graph',
  ports: null,
  pollHint:
    'Microsoft tells at once where it reaches this server; this is the time after which Sluice looks for itself',
  bodyOf: (form) => ({
    ...commonOf(form),
    type: 'graph',
    baseUrl: form.baseUrl,
    username: form.username.trim(),
    authorisation: form.authorisation,
    folders: form.folders,
    afterTaking: form.afterTaking,
    takeDays: form.takeDays,
  }),
  fieldsOf: ({ graph, folders }) => ({ ...graph, folders }),
  isComplete: ({ username, authorisation }) => username !== '' && authorisation !== '',
  whereOf: ({ graph }) => (graph ? new URL(graph.baseUrl).host : ''),
  factOf: ({ folders, pollSeconds, afterTaking }) => ({
    label: 'Folders',
    text: folders.join(', '),
    hint: `Looked at every ${pollSeconds} s, and at once when Microsoft says so; taken mails are ${afterTakingInWords(afterTaking)}`,
  }),
  ConnectionFields: Connection,
  OwnFields,
};

function Connection({ form, onChange }: ConnectionFieldsProps) {
  return <GraphFields form={form} onChange={onChange} hint="Its address or id in Microsoft 365" />;
}

function OwnFields(props: OwnFieldsProps) {
  return (
    <>
      <FolderPicker {...props} />
      <AfterTakingFields {...props} />
      {props.isNew && (
        <TakeDaysField {...props} hint="Once, in every folder, by the time at which Microsoft got them" />
      )}
    </>
  );
}
