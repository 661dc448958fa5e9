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

function readByRules({ flow, rules }: CheckContext): Issue[] {
  const check = createPathChecker(flow.variables ?? [], 'rule');
  return rules.flatMap(({ action, at, report }) =>
    report.uses.flatMap(({ operator, operands, perItem, pointer }) => {
      // Inside `map` and its like, `var` reads the item, whose shape is not known here.
      if (perItem) return [];
      return pathsRead(operator, operands).flatMap((path) => {
        const message = unknownMessage(check, path.split('.'));
        if (message === null) return [];
        const found = issue('unknown-variable', 'error', at, message, action);
        return [{ ...found, path: found.path + pointer }];
      });
    }),
  );
}

function readByTemplates({ flow, templates }: CheckContext): Issue[] {
  const check = createPathChecker(flow.variables ?? [], 'template');
  return templates.flatMap(({ action, at, reads }) => {
    const messages = new Set(reads.map((segments) => unknownMessage(check, segments)));
    return [...messages].flatMap((message) =>
      message === null ? [] : [issue('unknown-variable', 'error', at, message, action)],
    );
  });
}

function written({ flow, actions }: CheckContext): Issue[] {
  const names = new Set((flow.variables ?? []).map(({ name }) => name));
  const issues: Issue[] = [];
  for (const { id, fields } of actions.values()) {
    for (const { kind, value, at } of fields) {
      if ((kind !== 'assignments' && kind !== 'response-mapping') || !Array.isArray(value)) continue;
      for (const [index, { variable }] of value.entries()) {
        if (names.has(variable)) continue;
        const message = `The flow has no variable "${variable}"${didYouMean(variable, names) || ': add it to the flow.'}`;
        issues.push(issue('unknown-variable', 'error', [...at, index, 'variable'], message, id));
      }
    }
  }
  return issues;
}

function unknownMessage(check: PathChecker, segments: readonly string[]): string | null {
  const found = check(segments);
  if (found === null) return null;
  const { unknown, suggestion } = found;
  if (suggestion !== undefined) return `There is no "${unknown}"; did you mean "${suggestion}"?`;
  const isOfFlow = unknown.startsWith('flow.') && unknown.indexOf('.', 5) < 0;
  return isOfFlow
    ? `The flow has no variable "${unknown.slice(5)}": add it to the flow.`
    : `There is no "${unknown}" to read.`;
}
