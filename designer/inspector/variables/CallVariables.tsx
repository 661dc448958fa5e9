import type { Issue } from '../../../schemas/issue.ts';
import { toPointer } from '../../../schemas/json-pointer.ts';
import { mainSheet, pathOfSheet, type SheetId } from '../../../schemas/sheet.ts';
import type { Variable } from '../../../schemas/variable.ts';
import { changeModuleVariables } from '../../state/commands/change-module.ts';
import { changeTaskSettings } from '../../state/commands/change-task.ts';
import { renameModuleVariable, renameTaskVariable } from '../../state/commands/rename-variable.ts';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';
import { Section } from '../Section.tsx';
import { useVariableUses } from './useVariableUses.ts';
import { VariableRows } from './VariableRows.tsx';

type ListName = 'inputs' | 'outputs';

const words: Readonly<Record<ListName, { title: string; noun: string; whenEmpty: string }>> = {
  inputs: { title: 'Inputs', noun: 'input', whenEmpty: 'None. A caller hands values over by inputs.' },
  outputs: { title: 'Outputs', noun: 'output', whenEmpty: 'None. A caller keeps outputs in variables of its own.' },
};

/** What a task, or the module itself, takes from its callers and gives back. */
export function CallVariables({ sheet, issues }: { sheet: SheetId; issues: readonly Issue[] }) {
  const store = useEditorStore();
  const owner = useEditor(({ history: { flow } }) => (sheet === mainSheet ? flow : flow.tasks?.[sheet]));
  // What a module declares beside them is read under the same name.
  const variables = useEditor(({ history: { flow } }) => (sheet === mainSheet ? flow.variables : undefined));
  const uses = useVariableUses();
  if (owner === undefined) return null;
  const { run } = store.getState();
  const prefix = sheet === mainSheet ? '' : 'task.';
  const change = (list: ListName, next: readonly Variable[]) =>
    run(
      sheet === mainSheet
        ? changeModuleVariables({ [list]: [...next] })
        : changeTaskSettings(sheet, { [list]: [...next] }),
    );
  const namesOf = (list: readonly Variable[] | undefined) => (list ?? []).map(({ name }) => name);
  return (['inputs', 'outputs'] as const).map((list) => (
    <Section key={list} title={words[list].title}>
      <VariableRows
        id={`${sheet ?? 'module'}-${list}`}
        label={words[list].title}
        noun={words[list].noun}
        whenEmpty={words[list].whenEmpty}
        variables={owner[list] ?? []}
        taken={[...namesOf(variables), ...namesOf(owner[list === 'inputs' ? 'outputs' : 'inputs'])]}
        beginsWithValue={false}
        usesOf={(name) => (uses.get(prefix + name) ?? []).filter((use) => sheet === mainSheet || use.sheet === sheet)}
        path={toPointer(...pathOfSheet(sheet), list)}
        issues={issues}
        onChange={(next) => change(list, next)}
        onRename={(from, to) =>
          run(sheet === mainSheet ? renameModuleVariable(from, to) : renameTaskVariable(sheet, from, to))
        }
        onRemove={(index) => change(list, (owner[list] ?? []).toSpliced(index, 1))}
      />
    </Section>
  ));
}
