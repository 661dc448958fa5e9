import type { FlowField } from '../flow-fields.ts';
import type { Issue } from '../issue.ts';
import { pathsRead } from '../logic-paths.ts';
import { didYouMean } from '../nearest-name.ts';
import type { PathChecker } from '../scope-paths.ts';
import { createPathChecker } from '../scope-paths.ts';
import type { Check, CheckContext } from './check.ts';
import { issue } from './check.ts';

/** Names that rules and templates read, or that assignments write, and that do not exist: they would read as nothing, in silence. */
export const unknownVariable: Check = (context) => [
  ...readByRules(context),
  ...readByTemplates(context),
  ...written(context),
];

function readByRules(context: CheckContext): Issue[] {
  const checkerOf = checkers(context, 'rule');
  return context.rules.flatMap(({ action, at, report }) => {
    const check = checkerOf(action);
    return report.uses.flatMap(({ operator, operands, perItem, pointer }) => {
      // Inside `map` and its like, `var` reads the item, whose shape is not known here.
      if (perItem) return [];
      return pathsRead(operator, operands).flatMap((path) => {
        const message = unknownMessage(check, path.split('.'));
        if (message === null) return [];
        const found = issue('unknown-variable', 'error', at, message, action);
        return [{ ...found, path: found.path + pointer }];
      });
    });
  });
}

/** A checker for each action: where a loop surely runs there is more to read. Made when first asked for, as making them costs most. */
function checkers(
  { visible, outsideLoops }: CheckContext,
  reader: 'rule' | 'template',
): (action: string) => PathChecker {
  const made = new Map<boolean, PathChecker>();
  return (action) => {
    const loop = !outsideLoops.has(action);
    const checker = made.get(loop) ?? createPathChecker({ ...visible, loop }, reader);
    made.set(loop, checker);
    return checker;
  };
}

function readByTemplates(context: CheckContext): Issue[] {
  const checkerOf = checkers(context, 'template');
  return context.templates.flatMap(({ action, at, reads }) => {
    if (reads.length === 0) return [];
    const check = checkerOf(action);
    const messages = new Set(reads.map((segments) => unknownMessage(check, segments)));
    return [...messages].flatMap((message) =>
      message === null ? [] : [issue('unknown-variable', 'error', at, message, action)],
    );
  });
}

function written({ visible, actions }: CheckContext): Issue[] {
  const names = new Set([
    ...visible.flow.map(({ name }) => name),
    ...(visible.task ?? []).map(({ name }) => `task.${name}`),
  ]);
  const issues: Issue[] = [];
  for (const { id, fields } of actions.values()) {
    for (const field of fields) {
      for (const { ref, at } of writtenBy(field)) {
        if (names.has(ref)) continue;
        const message = `There is no variable "${ref}"${didYouMean(ref, names) || `: add it to the ${ref.startsWith('task.') ? 'task' : 'flow'}.`}`;
        issues.push(issue('unknown-variable', 'error', at, message, id));
      }
    }
  }
  return issues;
}

/** The variables that a setting gives new values, each with where it is named. */
function writtenBy({ kind, value, at }: FlowField): { ref: string; at: readonly (string | number)[] }[] {
  if ((kind === 'assignments' || kind === 'response-mapping') && Array.isArray(value)) {
    return value.map(({ variable }, index) => ({ ref: String(variable), at: [...at, index, 'variable'] }));
  }
  if (kind === 'call-outputs' && typeof value === 'object' && value !== null) {
    return Object.keys(value).map((ref) => ({ ref, at: [...at, ref] }));
  }
  return [];
}

function unknownMessage(check: PathChecker, segments: readonly string[]): string | null {
  const found = check(segments);
  if (found === null) return null;
  const { unknown, suggestion } = found;
  if (suggestion !== undefined) return `There is no "${unknown}"; did you mean "${suggestion}"?`;
  const [owner, name, deeper] = unknown.split('.');
  if (owner === 'loop') return 'A mail can come here while no loop runs, so that there is no "loop" to read.';
  if (owner === 'task' && name === undefined)
    return 'Only a task has "task" to read; the flow\'s own variables are "flow".';
  return (owner === 'flow' || owner === 'task') && deeper === undefined
    ? `The ${owner} has no variable "${name}": add it to the ${owner}.`
    : `There is no "${unknown}" to read.`;
}
