import type { Known } from './checks/check.ts';
import { inSheet } from './checks/check.ts';
import { checks, flowChecks } from './checks/index.ts';
import { prepare } from './checks/prepare.ts';
import type { Flow } from './flow.ts';
import { flowDocumentSchema } from './flow.ts';
import type { Issue } from './issue.ts';
import validateFlow from './json/flow-validator.js';
import { shapeIssues } from './shape-issues.ts';

/**
 * Everything that is wrong with a flow document, all at once: what belongs to the document first, then by action in the order of
 * the document, the tasks after the flow itself. `flow` is null only where the shape is wrong; the other checks need it right. Runs in
 * the browser and on the server.
 */
export function checkFlow(document: unknown, known: Known): { flow: Flow | null; issues: Issue[] } {
  if (!validateFlow(document)) {
    const found = shapeIssues(validateFlow.errors ?? [], flowDocumentSchema, document);
    return { flow: null, issues: inOrder(found, document) };
  }
  const checked = prepare(document, known);
  const ofSheets = [...checked.sheets].flatMap(([id, context]) =>
    checks.flatMap((check) => check(context).map((found) => inSheet(id, found))),
  );
  const ofFlow = flowChecks.flatMap((check) => check(checked));
  return { flow: document, issues: inOrder([...ofSheets, ...ofFlow], document) };
}

/** Stable: among the issues of one action, the order in which the checks found them stays. */
function inOrder(issues: readonly Issue[], document: unknown): Issue[] {
  const position = new Map<string, number>();
  const note = (task: string, sheet: unknown) => {
    for (const key of ['', ...keysOf(sheet, 'actions')]) position.set(placeKey(task, key), position.size);
  };
  note('', document);
  for (const task of keysOf(document, 'tasks')) note(task, partOf(partOf(document, 'tasks'), task));
  const rank = ({ task = '', action = '' }: Issue): number => position.get(placeKey(task, action)) ?? position.size;
  return issues.toSorted((left, right) => rank(left) - rank(right));
}

/** Ids hold no blank, and a hostile one only spoils the order. */
function placeKey(task: string, action: string): string {
  return `${task} ${action}`;
}

function keysOf(value: unknown, key: string): string[] {
  const part = partOf(value, key);
  return typeof part === 'object' && part !== null ? Object.keys(part) : [];
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
