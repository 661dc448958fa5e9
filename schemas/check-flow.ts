import { outcomesOf } from './actions/index.ts';
import type { CheckContext, CheckedAction, CheckedRule, CheckedTemplate, Known } from './checks/check.ts';
import { checks } from './checks/index.ts';
import { coerceError } from './errors.ts';
import type { Flow } from './flow.ts';
import { flowDocumentSchema } from './flow.ts';
import type { FlowField } from './flow-fields.ts';
import { fieldsOf } from './flow-fields.ts';
import { inspectLogic } from './inspect-logic.ts';
import type { Issue } from './issue.ts';
import validateFlow from './json/flow-validator.js';
import { isTemplateKind } from './logic.ts';
import { shapeIssues } from './shape-issues.ts';
import type { TemplateSyntax } from './template-syntax.ts';
import { createTemplateSyntax } from './template-syntax.ts';

/**
 * Everything that is wrong with a flow document, all at once: what belongs to the document first, then by action in the order of
 * the document. `flow` is null only where the shape is wrong; the other checks need it right. Runs in the browser and on the server.
 */
export function checkFlow(document: unknown, known: Known): { flow: Flow | null; issues: Issue[] } {
  if (!validateFlow(document)) {
    return {
      flow: null,
      issues: inOrder(shapeIssues(validateFlow.errors ?? [], flowDocumentSchema, document), document),
    };
  }
  const context = contextOf(document, known);
  return {
    flow: document,
    issues: inOrder(
      checks.flatMap((check) => check(context)),
      document,
    ),
  };
}

function contextOf(flow: Flow, known: Known): CheckContext {
  const actions = new Map<string, CheckedAction>();
  const rules: CheckedRule[] = [];
  const templates: CheckedTemplate[] = [];
  const syntax = createTemplateSyntax();
  for (const [id, action] of Object.entries(flow.actions)) {
    const outcomes = outcomesOf(action);
    const fields = fieldsOf(id, action);
    actions.set(id, { id, action, outcomes, connections: connectionsOf(flow, action.next ?? {}, outcomes), fields });
    for (const { kind, value, at } of fields) {
      if (kind === 'condition' || kind === 'value') rules.push({ action: id, at, report: inspectLogic(value) });
    }
    for (const field of fields) templates.push(...templatesOf(id, field, syntax));
  }
  return { flow, actions, rules, templates, reachable: reachableFrom(flow.entry, actions), known };
}

function connectionsOf(
  flow: Flow,
  next: Record<string, string>,
  outcomes: readonly string[],
): { outcome: string; target: string }[] {
  return outcomes.flatMap((outcome) => {
    const target = Object.hasOwn(next, outcome) ? next[outcome] : undefined;
    return target !== undefined && Object.hasOwn(flow.actions, target) ? [{ outcome, target }] : [];
  });
}

function templatesOf(action: string, { kind, value, at }: FlowField, syntax: TemplateSyntax): CheckedTemplate[] {
  if (!isTemplateKind(kind)) return [];
  const templates: CheckedTemplate[] = [];
  const pending: { value: unknown; at: readonly (string | number)[] }[] = [{ value, at }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next.value === 'string') templates.push(templateOf(action, next.value, next.at, syntax));
    else if (typeof next.value === 'object' && next.value !== null) {
      const below = next.at;
      // The last is taken first: reversed, so that issues come in the order of the document.
      for (const [key, part] of Object.entries(next.value).reverse())
        pending.push({ value: part, at: [...below, key] });
    }
  }
  return templates;
}

function templateOf(
  action: string,
  source: string,
  at: readonly (string | number)[],
  syntax: TemplateSyntax,
): CheckedTemplate {
  // Most texts have nothing to read.
  if (!source.includes('{{') && !source.includes('{%')) return { action, at, reads: [] };
  try {
    return { action, at, reads: syntax.reads(syntax.parse(source)) };
  } catch (thrown) {
    return { action, at, reads: [], problem: coerceError(thrown).message };
  }
}

function reachableFrom(entry: string, actions: ReadonlyMap<string, CheckedAction>): Set<string> {
  const reachable = new Set<string>();
  const pending = [entry];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const checked = actions.get(id);
    if (checked === undefined || reachable.has(id)) continue;
    reachable.add(id);
    pending.push(...checked.connections.map(({ target }) => target));
  }
  return reachable;
}

/** Stable: among the issues of one action, the order in which the checks found them stays. */
function inOrder(issues: readonly Issue[], document: unknown): Issue[] {
  const actions = typeof document === 'object' && document !== null ? Reflect.get(document, 'actions') : undefined;
  const ids = typeof actions === 'object' && actions !== null ? Object.keys(actions) : [];
  const position = new Map(ids.map((id, index) => [id, index]));
  const rank = ({ action }: Issue): number => (action === undefined ? -1 : (position.get(action) ?? ids.length));
  return issues.toSorted((left, right) => rank(left) - rank(right));
}
