import { Anchor, Select } from '@mantine/core';
import { addTask } from '../state/commands/add-task.ts';
import { useEditor, useEditorStore } from '../state/useEditor.ts';
import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';

const newOption = '+new';

/** Picks a task of the flow; a new one is drawn on a tab of its own. */
export function TaskField({ id, label, description, value, onChange, isRequired, issues }: FieldProps) {
  const store = useEditorStore();
  const tasks = useEditor((state) => state.history.flow.tasks);
  const current = typeof value === 'string' && value !== '' ? value : null;
  const options = Object.entries(tasks ?? {}).map(([task, { name }]) => ({ value: task, label: name || task }));
  if (current !== null && !options.some((option) => option.value === current))
    options.unshift({ value: current, label: current });
  const choose = (next: string | null) => {
    if (next !== newOption) return onChange(next ?? '');
    const { history, run } = store.getState();
    const { command, task } = addTask(history.flow, { name: 'New task', isShown: false });
    run(command);
    onChange(task);
  };
  return (
    <Select
      id={id}
      label={label}
      description={
        current === null || tasks?.[current] === undefined ? (
          description
        ) : (
          <Anchor component="button" type="button" inherit onClick={() => store.getState().openSheet(current)}>
            Open the task
          </Anchor>
        )
      }
      withAsterisk={isRequired}
      placeholder="Choose a task"
      data={[...options, { value: newOption, label: 'Draw a new task' }]}
      value={current}
      searchable
      onChange={choose}
      allowDeselect={false}
      error={errorOf(issues)}
    />
  );
}
