import { scopePaths, type VisibleVariables } from '../../schemas/scope-paths.ts';
import { readVariableRef, type Variable } from '../../schemas/variable.ts';
import { labelOfPath } from '../../schemas/wording/condition-fields.ts';

export interface ScopeChoice {
  path: string;
  label: string;
  /** What it holds: "text", "date". */
  kind: string;
  group: string;
}

const groups: readonly { prefix: string; name: string }[] = [
  { prefix: 'flow.', name: 'Variables' },
  { prefix: 'task.', name: 'Variables' },
  { prefix: 'loop.', name: 'Variables' },
  { prefix: 'email.', name: 'Mail' },
  { prefix: 'interaction.', name: 'Interaction' },
  { prefix: 'route.', name: 'Where it came in' },
  { prefix: 'mailbox.', name: 'Where it came in' },
  { prefix: 'system.', name: 'Run' },
];

/** What a template or value can take from the mail and the flow, by group. */
export function scopeChoices(variables: readonly Variable[]): ScopeChoice[] {
  const choices = scopePaths(visible(variables)).map(({ path, kind }) => ({
    path,
    kind,
    label: labelOfPath(path),
    group: groupOf(path),
  }));
  const order = [...new Set(groups.map(({ name }) => name))];
  return choices.toSorted((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

function visible(variables: readonly Variable[]): VisibleVariables {
  const named = variables.filter(({ name }) => !name.startsWith('loop.'));
  const own = named.map((variable) => ({ ...variable, ...readVariableRef(variable.name) }));
  return {
    flow: own.filter(({ of }) => of === 'flow'),
    task: own.filter(({ of }) => of === 'task'),
    loop: named.length < variables.length,
  };
}

function groupOf(path: string): string {
  return groups.find(({ prefix }) => path.startsWith(prefix))?.name ?? 'Run';
}
