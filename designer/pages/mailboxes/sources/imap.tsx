import { TagsInput } from '@mantine/core';
import { imapPorts } from '../../../../schemas/sources/imap.ts';
import { commonOf, isServerComplete, serverFields, serverOf } from '../mailbox-form.ts';
import { ServerFields } from './ServerFields.tsx';
import type { OwnFieldsProps, SourceForm } from './source-form.ts';

export const imapForm: SourceForm = {
  label: 'IMAP',
  ports: imapPorts,
  pollHint: 'The server usually tells at once; this is the time after which Sluice looks for itself',
  bodyOf: (form) => ({ ...commonOf(form), type: 'imap', ...serverOf(form), folders: form.folders }),
  fieldsOf: ({ imap, folders }) => ({ ...(imap && serverFields(imap)), folders }),
  whereOf: ({ imap }) => (imap ? `${imap.host}:${imap.port}` : ''),
  factOf: ({ folders, pollSeconds }) => ({
    label: 'Folders',
    text: folders.join(', '),
    hint: `Looked at every ${pollSeconds} s, and at once when the server says so`,
  }),
  isComplete: isServerComplete,
  ConnectionFields: (props) => <ServerFields {...props} label="IMAP" example="imap.example.com" ports={imapPorts} />,
  OwnFields: Folders,
};

function Folders({ form, onChange, folders }: OwnFieldsProps) {
  return (
    <TagsInput
      label="Folders"
      description={folders.length > 0 ? 'Choose from what the server has' : 'Verify shows what the server has'}
      data={[...folders]}
      maxTags={5}
      value={form.folders}
      onChange={(chosen) => onChange({ folders: chosen })}
    />
  );
}
