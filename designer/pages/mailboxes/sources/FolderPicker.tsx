import { Group, MultiSelect, Text } from '@mantine/core';
import { formatCount } from '../../../shell/format.ts';
import type { OwnFieldsProps } from './source-form.ts';

/** RFC 6154, in words. */
const uses: Record<string, string> = {
  '\\Inbox': 'inbox',
  '\\Sent': 'sent',
  '\\Drafts': 'drafts',
  '\\Trash': 'trash',
  '\\Junk': 'junk',
  '\\Archive': 'archive',
  '\\All': 'all mail',
  '\\Flagged': 'starred',
};

const most = 5;

/** Up to five folders out of what the server has, as Verify found it. */
export function FolderPicker({ form, onChange, folders }: OwnFieldsProps) {
  const byPath = new Map(folders.map((folder) => [folder.path, folder]));
  const paths = [...new Set([...byPath.keys(), ...form.folders])];
  const gone = byPath.size === 0 ? [] : form.folders.filter((path) => !byPath.has(path));
  return (
    <MultiSelect
      label="Folders"
      description={byPath.size > 0 ? `Up to ${most} of what the server has` : 'Verify shows what the server has'}
      error={gone.length > 0 && `Not on the server: ${gone.join(', ')}`}
      required
      searchable
      hidePickedOptions
      maxValues={most}
      nothingFoundMessage="No such folder; Verify lists what is there"
      data={paths}
      value={form.folders}
      onChange={(chosen) => onChange({ folders: chosen })}
      renderOption={({ option }) => {
        const folder = byPath.get(option.value);
        return (
          <Group justify="space-between" wrap="nowrap" w="100%" gap="sm">
            <Text size="sm" truncate>
              {option.value}
            </Text>
            {folder && (
              <Text size="xs" c="var(--sluice-muted)" style={{ whiteSpace: 'nowrap' }}>
                {folder.specialUse && `${uses[folder.specialUse] ?? folder.specialUse} · `}
                {formatCount(folder.messages)} mails, {formatCount(folder.unseen)} unread
              </Text>
            )}
          </Group>
        );
      }}
    />
  );
}
