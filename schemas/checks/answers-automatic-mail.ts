import type { ActionType } from '../actions/index.ts';
import type { Issue } from '../issue.ts';
import { mainSheet, type SheetId } from '../sheet.ts';
import type { CheckedAction, CheckedFlow, Known } from './check.ts';
import { inSheet, issue } from './check.ts';
import type { Facts } from './known-truth.ts';
import { knownTruth } from './known-truth.ts';

/** What is certain of an automatic reply, and nothing else: everything the facts leave open counts as possible. */
const automaticReply: Facts = new Map([
  ['email.isAutoReply', true],
  ['interaction.email.isAutoReply', true],
  ['email.mayAutoRespond', false],
  ['interaction.email.mayAutoRespond', false],
]);

const answering: ReadonlySet<ActionType> = new Set<ActionType>(['auto-response']);

/**
 * Auto-responses that an automatic reply can come to. The send guard withholds them in any case; the warning says that the flow relies on it. The
 * way of an automatic reply is followed, into the tasks and modules that are called: at a condition that asks for the verdict only the way
 * that it takes. What a module answers is warned of where it is called, since there it can be asked before.
 */
export function answersAutomaticMail(checked: CheckedFlow): Issue[] {
  return checked.flow.type === 'module' ? [] : answers(checked);
}

/** True if an automatic reply that comes to the entry can come to an auto-response. */
export function canAnswerAutomaticMail(checked: CheckedFlow): boolean {
  return answers(checked).length > 0;
}

function answers({ flow, sheets, known }: CheckedFlow): Issue[] {
  const issues: Issue[] = [];
  const seen = new Map<SheetId, Set<string>>();
  const pending: { sheet: SheetId; id: string }[] = [{ sheet: mainSheet, id: flow.entry }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { sheet, id } = next;
    const checked = sheets.get(sheet)?.actions.get(id);
    const passed = seen.get(sheet) ?? new Set();
    seen.set(sheet, passed);
    if (checked === undefined || passed.has(id)) continue;
    passed.add(id);
    const { action } = checked;
    if (answering.has(action.type) || (action.type === 'call-flow' && answersIn(action.settings.flow, known))) {
      const where = action.type === 'call-flow' ? `"${action.name}", whose module answers` : `"${action.name}"`;
      const message = `An automatic reply can come to ${where}: ask for email.isAutoReply or email.mayAutoRespond before it, or two machines answer each other until the send guard stops them.`;
      issues.push(inSheet(sheet, issue('answers-automatic-mail', 'warning', ['actions', id], message, id)));
    }
    if (action.type === 'call-task') {
      const { task } = action.settings;
      pending.push({ sheet: task, id: sheets.get(task)?.sheet.entry ?? '' });
    }
    const possible = possibleOutcomes(checked);
    for (const { outcome, target } of checked.connections) {
      if (possible.has(outcome)) pending.push({ sheet, id: target });
    }
  }
  return issues;
}

function possibleOutcomes({ action, outcomes }: CheckedAction): ReadonlySet<string> {
  if (action.type === 'decision') {
    const truth = knownTruth(action.settings.condition, automaticReply);
    return truth === undefined ? new Set(outcomes) : new Set([truth ? 'yes' : 'no']);
  }
  if (action.type !== 'switch') return new Set(outcomes);
  const possible = new Set<string>();
  for (const { outcome, condition } of action.settings.cases) {
    const truth = knownTruth(condition, automaticReply);
    if (truth !== false) possible.add(outcome);
    if (truth === true) return possible;
  }
  return possible.add('default');
}

/** True if the module, or one that it calls, has an auto-response that does not ask for the verdict before it. */
function answersIn(module: string, { modules = [] }: Known): boolean {
  const seen = new Set<string>();
  const pending = [module];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const found = modules.find((each) => each.id === id);
    if (found?.answers === true) return true;
    pending.push(...(found?.calls ?? []));
  }
  return false;
}
