import { Autocomplete, Group, Select } from '@mantine/core';
import type { AfterTaking } from '../../../../schemas/sources/after-taking.ts';
import type { OwnFieldsProps } from './source-form.ts';

const choices: { value: AfterTaking['action']; label: string }[] = [
  { value: 'mark-read', label: 'Mark them as read' },
  { value: 'move', label: 'Move them to a folder' },
  { value: 'delete', label: 'Delete them' },
];

/** What becomes of mails on the server once they are stored here. */
export function AfterTakingFields({ form, onChange, folders }: OwnFieldsProps) {
  const { afterTaking } = form;
  const choose = (action: AfterTaking['action']) =>
    onChange({ afterTaking: action === 'move' ? { action, folder: '' } : { action } });
  return (
    <Group align="flex-end" grow preventGrowOverflow={false}>
      <Select
        label="Mails that were taken"
        description="Only once they are stored here, and as a whole"
        allowDeselect={false}
        data={choices}
        value={afterTaking.action}
        onChange={(action) => action && choose(action)}
        style={{ flex: '3 1 200px' }}
      />
      {afterTaking.action === 'move' && (
        <Autocomplete
          label="To the folder"
          required
          maxLength={500}
          data={folders.map(({ path }) => path).filter((path) => !form.folders.includes(path))}
          value={afterTaking.folder}
          onChange={(folder) => onChange({ afterTaking: { action: 'move', folder } })}
          style={{ flex: '2 1 160px' }}
        />
      )}
    </Group>
  );
}

/** On the card. */
export function afterTakingInWords(afterTaking: AfterTaking | undefined): string {
  if (afterTaking?.action === 'move') return `moved to ${afterTaking.folder}`;
  return afterTaking?.action === 'delete' ? 'deleted' : 'marked as read';
}
