import type { ActionType } from '../actions/index.ts';
import type { Issue } from '../issue.ts';
import type { CheckContext, CheckedAction } from './check.ts';
import { issue } from './check.ts';
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
 * way of an automatic reply is followed: at a condition that asks for the verdict only the way that it takes.
 */
export function answersAutomaticMail({ flow, actions }: CheckContext): Issue[] {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  const pending = [flow.entry];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const checked = actions.get(id);
    if (checked === undefined || seen.has(id)) continue;
    seen.add(id);
    if (answering.has(checked.action.type)) {
      const message = `An automatic reply can come to "${checked.action.name}": ask for email.isAutoReply or email.mayAutoRespond before it, or two machines answer each other until the send guard stops them.`;
      issues.push(issue('answers-automatic-mail', 'warning', ['actions', id], message, id));
    }
    const possible = possibleOutcomes(checked);
    for (const { outcome, target } of checked.connections) if (possible.has(outcome)) pending.push(target);
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
