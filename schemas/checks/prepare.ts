import { outcomesOf } from '../actions/index.ts';
import { coerceError } from '../errors.ts';
import type { Flow } from '../flow.ts';
import type { FlowField } from '../flow-fields.ts';
import { fieldsOf } from '../flow-fields.ts';
import { inspectLogic } from '../inspect-logic.ts';
import { isTemplateKind } from '../logic.ts';
import { reachOf } from '../reach.ts';
import { visibleIn } from '../scope-paths.ts';
import { mainSheet, type Sheet, type SheetId } from '../sheet.ts';
import type { TemplateSyntax } from '../template-syntax.ts';
import { createTemplateSyntax } from '../template-syntax.ts';
import type { CheckContext, CheckedAction, CheckedFlow, CheckedRule, CheckedTemplate, Known } from './check.ts';

/** Everything that checks ask of a flow, found out once for all of them. */
export function prepare(flow: Flow, known: Known): CheckedFlow {
  const syntax = createTemplateSyntax();
  const sheets = new Map<SheetId, CheckContext>();
  sheets.set(mainSheet, {
    id: mainSheet,
    sheet: flow,
    name: flow.type === 'module' ? 'The module' : 'The flow',
    declared: [
      { list: 'variables', variables: flow.variables ?? [] },
      { list: 'inputs', variables: flow.inputs ?? [] },
      { list: 'outputs', variables: flow.outputs ?? [] },
    ],
    visible: visibleIn(flow, mainSheet),
    ...prepareSheet(flow, syntax),
    flow,
    known,
  });
  for (const [id, task] of Object.entries(flow.tasks ?? {})) {
    sheets.set(id, {
      id,
      sheet: task,
      name: `The task "${task.name}"`,
      declared: [
        { list: 'inputs', variables: task.inputs ?? [] },
        { list: 'outputs', variables: task.outputs ?? [] },
      ],
      visible: visibleIn(flow, id),
      ...prepareSheet(task, syntax),
      flow,
      known,
    });
  }
  return { flow, sheets, known };
}

type Prepared = Pick<CheckContext, 'actions' | 'rules' | 'templates' | 'reachable' | 'outsideLoops'>;

function prepareSheet(sheet: Sheet, syntax: TemplateSyntax): Prepared {
  const actions = new Map<string, CheckedAction>();
  const rules: CheckedRule[] = [];
  const templates: CheckedTemplate[] = [];
  for (const [id, action] of Object.entries(sheet.actions)) {
    const outcomes = outcomesOf(action);
    const fields = fieldsOf(id, action);
    actions.set(id, { id, action, outcomes, connections: connectionsOf(sheet, action.next ?? {}, outcomes), fields });
    for (const { kind, value, at } of fields) {
      if (kind === 'condition' || kind === 'value') rules.push({ action: id, at, report: inspectLogic(value) });
    }
    for (const field of fields) templates.push(...templatesOf(id, field, syntax));
  }
  const { all, outsideLoops } = reachOf(sheet);
  return { actions, rules, templates, reachable: all, outsideLoops };
}

function connectionsOf(
  sheet: Sheet,
  next: Record<string, string>,
  outcomes: readonly string[],
): { outcome: string; target: string }[] {
  return outcomes.flatMap((outcome) => {
    const target = Object.hasOwn(next, outcome) ? next[outcome] : undefined;
    return target !== undefined && Object.hasOwn(sheet.actions, target) ? [{ outcome, target }] : [];
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
