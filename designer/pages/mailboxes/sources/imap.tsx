import { imapPorts } from '../../../../schemas/sources/imap.ts';
import { commonOf, isServerComplete, serverFields, serverOf } from '../mailbox-form.ts';
import { AfterTakingFields, afterTakingInWords } from './AfterTakingFields.tsx';
import { FolderPicker } from './FolderPicker.tsx';
import { ServerFields } from './ServerFields.tsx';
import type { OwnFieldsProps, SourceForm } from './source-form.ts';
import { TakeDaysField } from './TakeDaysField.tsx';

export const imapForm: SourceForm = {
  label: 'IMAP',
  ports: imapPorts,
  pollHint: 'The server usually tells at once; this is the time after which Sluice looks for itself',
  bodyOf: (form) => ({
    ...commonOf(form),
    type: 'imap',
    ...serverOf(form),
    folders: form.folders,
    afterTaking: form.afterTaking,
    takeDays: form.takeDays,
  }),
  fieldsOf: ({ imap, folders }) => ({ ...(imap && serverFields(imap)), folders }),
  whereOf: ({ imap }) => (imap ? `${imap.host}:${imap.port}` : ''),
  factOf: ({ folders, pollSeconds, afterTaking }) => ({
    label: 'Folders',
    text: folders.join(', '),
    hint: `Looked at every ${pollSeconds} s, and at once when the server says so; taken mails are ${afterTakingInWords(afterTaking)}`,
  }),
  isComplete: isServerComplete,
  ConnectionFields: (props) => <ServerFields {...props} label="IMAP" example="imap.example.com" ports={imapPorts} />,
  OwnFields,
};

function OwnFields(props: OwnFieldsProps) {
  return (
    <>
      <FolderPicker {...props} />
      <AfterTakingFields {...props} />
      {props.isNew && (
        <TakeDaysField {...props} hint="Once, in every folder, by the day on which the server got them" />
      )}
    </>
  );
}
