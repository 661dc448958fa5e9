import { Select } from '@mantine/core';
import { useMailboxes } from '../api/mailboxes.ts';

interface TriedFolderProps {
  mailbox: string;
  value: string | undefined;
  onChange: (folder: string | undefined) => void;
}

/** In which folder the mail is found, where the mailbox has several: routes may name one. */
export function TriedFolder({ mailbox, value, onChange }: TriedFolderProps) {
  const folders = useMailboxes().data?.items.find(({ id }) => id === mailbox)?.folders ?? [];
  if (folders.length < 2) return null;
  return (
    <Select
      size="xs"
      label="In the folder"
      placeholder="The one whose route leads here"
      data={folders}
      clearable
      value={value ?? null}
      onChange={(folder) => onChange(folder ?? undefined)}
    />
  );
}
