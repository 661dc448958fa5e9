import type { Issue } from '../../../schemas/issue.ts';
import type { Variable } from '../../../schemas/variable.ts';
import { confirm } from '../../shell/confirm.tsx';
import { changeVariables } from '../../state/commands/change-variables.ts';
import { renameVariable } from '../../state/commands/rename-variable.ts';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';
import { useVariableUses } from './useVariableUses.ts';
import { VariableRows } from './VariableRows.tsx';

/** What a run can remember, read as `flow.name`: each with its type, its start value and where it is used. */
export function VariableList({ issues }: { issues: readonly Issue[] }) {
  const store = useEditorStore();
  const flow = useEditor((state) => state.history.flow);
  const uses = useVariableUses();
  const variables = flow.variables ?? [];
  const { run } = store.getState();
  const change = (next: readonly Variable[]) => run(changeVariables(next));

  const remove = (index: number) => {
    const name = variables[index]?.name ?? '';
    const places = new Set((uses.get(name) ?? []).map(({ sheet, action }) => `${sheet} ${action}`)).size;
    const without = () => change((store.getState().history.flow.variables ?? []).toSpliced(index, 1));
    if (places === 0) return without();
    confirm({
      title: `Delete the variable ${name}?`,
      text: `${places === 1 ? 'One action uses it and fails' : `${places} actions use it and fail`} the checks until it is changed. Undo brings the variable back.`,
      yes: 'Delete the variable',
      onYes: without,
    });
  };
  return (
    <VariableRows
      id="variables"
      label="Variables"
      noun="variable"
      whenEmpty="None yet. A variable keeps what a data action answered, or what an update set, for later steps."
      variables={variables}
      taken={[...(flow.inputs ?? []), ...(flow.outputs ?? [])].map(({ name }) => name)}
      usesOf={(name) => uses.get(name) ?? []}
      path="/variables"
      issues={issues}
      onChange={change}
      onRename={(from, to) => run(renameVariable(from, to))}
      onRemove={remove}
    />
  );
}
