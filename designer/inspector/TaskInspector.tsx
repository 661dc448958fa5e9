import { Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { Issue } from '../../schemas/issue.ts';
import { toPointer } from '../../schemas/json-pointer.ts';
import { errorOf } from '../fields/error-of.tsx';
import { changeTaskSettings } from '../state/commands/change-task.ts';
import { callsOfTask } from '../state/commands/delete-task.ts';
import { setEntry } from '../state/commands/set-entry.ts';
import { useEditor, useEditorStore } from '../state/useEditor.ts';
import { CallVariables } from './variables/CallVariables.tsx';

/** A task itself: what it is called, where it starts, what it takes and gives back. */
export function TaskInspector({ id, issues }: { id: string; issues: readonly Issue[] }) {
  const store = useEditorStore();
  const flow = useEditor((state) => state.history.flow);
  const task = flow.tasks?.[id];
  const calls = useMemo(() => callsOfTask(flow, id).length, [flow, id]);
  if (task === undefined) return null;
  const { run } = store.getState();
  const at = (key: string) => issues.filter(({ path }) => path === toPointer('tasks', id, key));
  return (
    <Stack gap="md" p="md">
      <div>
        <Text fw={600} size="md">
          Task
        </Text>
        <Text size="xs" c="var(--sluice-muted)">
          {calls === 0
            ? 'Nothing calls it yet.'
            : `Called by ${calls === 1 ? '1 action' : `${calls} actions`} of this flow.`}
        </Text>
      </div>
      <TextInput
        label="Name"
        withAsterisk
        value={task.name}
        maxLength={200}
        onChange={({ currentTarget }) => run(changeTaskSettings(id, { name: currentTarget.value }))}
        error={errorOf(at('name'))}
        data-name-field
      />
      <Textarea
        label="Description"
        value={task.description ?? ''}
        maxLength={10_000}
        autosize
        minRows={2}
        maxRows={8}
        onChange={({ currentTarget }) => run(changeTaskSettings(id, { description: currentTarget.value }))}
      />
      <Select
        label="Starts with"
        placeholder="Nothing yet"
        data={Object.entries(task.actions).map(([value, { name }]) => ({ value, label: name || value }))}
        value={Object.hasOwn(task.actions, task.entry) ? task.entry : null}
        onChange={(action) => action !== null && run(setEntry(action))}
        searchable
        allowDeselect={false}
        error={errorOf(at('entry'))}
      />
      <CallVariables sheet={id} issues={issues} />
    </Stack>
  );
}
