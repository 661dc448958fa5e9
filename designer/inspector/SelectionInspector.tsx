import { Group, Stack, Text, TextInput } from '@mantine/core';
import { CommandButton } from '../commands/CommandButton.tsx';
import type { CommandId } from '../commands/command-table.ts';
import { membersByGroup } from '../graph/groups.ts';
import { renameGroup } from '../state/commands/group-actions.ts';
import { useEditor, useEditorStore, useSheet } from '../state/useEditor.ts';
import { Section } from './Section.tsx';

const ordering: readonly CommandId[] = [
  'align-left',
  'align-centre',
  'align-right',
  'align-top',
  'align-middle',
  'align-bottom',
  'distribute-across',
  'distribute-down',
  'arrange-selected',
];
const handling: readonly CommandId[] = [
  'copy',
  'cut',
  'duplicate',
  'group',
  'ungroup',
  'toggle-group',
  'extract-task',
  'delete',
];

/** Several things at once: the group that they are, where they are one, and what can be done to all of them. */
export function SelectionInspector({ ids, notes }: { ids: readonly string[]; notes: number }) {
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const group = useSheet((sheet) => {
    const found = [...membersByGroup(sheet)].find(
      ([, members]) => members.length === ids.length && members.every((id) => ids.includes(id)),
    );
    return found?.[0];
  });
  const counts = [
    ids.length === 0 ? [] : [`${ids.length} ${ids.length === 1 ? 'action' : 'actions'}`],
    notes === 0 ? [] : [`${notes} ${notes === 1 ? 'note' : 'notes'}`],
  ].flat();
  return (
    <Stack p="md" gap="md">
      {group === undefined ? (
        <Text fw={600}>{counts.join(' and ')} selected</Text>
      ) : (
        <GroupName id={group} count={ids.length} />
      )}
      {!isReadOnly && (
        <>
          <Buttons ids={handling} />
          <Section title="Place">
            <Buttons ids={ordering} />
          </Section>
        </>
      )}
    </Stack>
  );
}

function Buttons({ ids }: { ids: readonly CommandId[] }) {
  return (
    <Group gap={4}>
      {ids.map((id) => (
        <CommandButton key={id} id={id} />
      ))}
    </Group>
  );
}

function GroupName({ id, count }: { id: string; count: number }) {
  const store = useEditorStore();
  const name = useSheet((sheet) => sheet.groups?.[id]?.name ?? '');
  return (
    <>
      <div>
        <Text fw={600} size="md">
          Group
        </Text>
        <Text size="xs" c="var(--sluice-muted)">
          A frame around {count === 1 ? '1 action' : `${count} actions`}: it changes nothing that the flow does.
        </Text>
      </div>
      <TextInput
        label="Name"
        value={name}
        maxLength={200}
        onChange={({ currentTarget }) => store.getState().run(renameGroup(id, currentTarget.value))}
        data-name-field
      />
    </>
  );
}
