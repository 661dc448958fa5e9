import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { readPattern } from '../../../schemas/addresses/pattern.ts';
import { useMailboxes } from '../../api/mailboxes.ts';
import { MailboxPicker } from '../../fields/pickers/MailboxPicker.tsx';
import type { RouteFieldsProps } from './route-fields.ts';

export function OriginFields({ form, onChange }: RouteFieldsProps) {
  const mailbox = useMailboxes().data?.items.find(({ id }) => id === form.mailbox);
  const read = form.pattern.trim() === '' ? null : readPattern(form.pattern);
  const folders = mailbox?.folders ?? [];
  const compared = read !== null && typeof read !== 'string' && read.text.includes('xn--') ? read.text : undefined;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <TextInput
        label="Mail to"
        placeholder="support@example.com"
        required
        data-autofocus
        maxLength={320}
        description={compared && `Compared as ${compared}`}
        error={typeof read === 'string' ? read : undefined}
        value={form.pattern}
        onChange={({ currentTarget }) => onChange({ pattern: currentTarget.value })}
      />
      <TextInput
        label="Name"
        placeholder="Optional; shown instead of the pattern"
        maxLength={100}
        value={form.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <MailboxPicker
        label="Only in the mailbox"
        placeholder="any"
        isRequired={false}
        value={form.mailbox}
        onChange={(id) => onChange({ mailbox: id, folder: '' })}
      />
      <Select
        label="Only in the folder"
        description={
          form.mailbox !== '' && folders.length === 0 ? 'This mailbox has no folders to choose from' : undefined
        }
        placeholder="any"
        clearable
        disabled={folders.length === 0}
        data={folders}
        value={form.folder === '' ? null : form.folder}
        onChange={(folder) => onChange({ folder: folder ?? '' })}
      />
    </SimpleGrid>
  );
}
