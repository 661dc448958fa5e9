import { actionTypes, isActionType } from '../actions/index.ts';
import type { Flow } from '../flow.ts';
import { type ActionChange, actionAt, type FlowComparison } from './compare-flows.ts';
import type { PartChange } from './differences.ts';
import { valueWords, whereTheyDiffer } from './value-words.ts';
import { placeOf, type Vocabulary } from './words.ts';

/** One changed part in words. A side is null where the part is not there. */
export interface ChangeWords {
  label: string;
  before: string | null;
  after: string | null;
}

interface Sides {
  before: Flow;
  after: Flow;
}

/** "condition", "subject contains A", "subject contains B". */
export function wordsOfChange(change: PartChange, { before, after }: Sides, vocabulary: Vocabulary): ChangeWords {
  if (actionAt(change.path)?.inside.length === 0) return typeWords(change);
  const { label, words } = placeOf(change.path, [after, before], vocabulary);
  if (change.isOrder)
    return { label: `${label}, order`, before: valueWords(change.before), after: valueWords(change.after) };
  const [was, is] = closeUp(change.before, change.after);
  return {
    label,
    before: was === undefined ? null : words(was, before),
    after: is === undefined ? null : words(is, after),
  };
}

/** "priority: 5 → 10", "outcome yes now leads to “X”, before “Y”". */
function sentenceOfChange(change: PartChange, sides: Sides, vocabulary: Vocabulary): string {
  const { label, before, after } = wordsOfChange(change, sides, vocabulary);
  const isConnection = label.startsWith('outcome ') && actionAt(change.path)?.inside[0] === 'next';
  if (isConnection) return `${label} now ${after ?? 'leads nowhere'} (before: ${before ?? 'leads nowhere'})`;
  if (before === null) return `${label} added: ${after}`;
  if (after === null) return `${label} removed (was ${before})`;
  return `${label}: ${before} → ${after}`;
}

/** All that a mail would meet, a line for each action and each setting below it, for a terminal or a log. */
export function linesOfComparison(comparison: FlowComparison, sides: Sides, vocabulary: Vocabulary): string[] {
  const lines = comparison.flow.map((change) => `~ ${sentenceOfChange(change, sides, vocabulary)}`);
  for (const change of comparison.actions) {
    lines.push(`${marks[change.kind]} ${change.kind} ${titleOfAction(change)}`);
    for (const part of change.parts) lines.push(`    ${sentenceOfChange(part, sides, vocabulary)}`);
  }
  return lines;
}

const marks = { added: '+', removed: '-', changed: '~' };

function titleOfAction({ before, after, task, id }: ActionChange): string {
  const name = (after ?? before)?.name || id;
  const former =
    before !== undefined && after !== undefined && before.name !== after.name ? `, before “${before.name}”` : '';
  return `“${name}”${former}${task === null ? '' : ` in task ${task}`}`;
}

function typeWords({ before, after }: PartChange): ChangeWords {
  const title = (action: unknown) => {
    const type: unknown = Reflect.get(Object(action), 'type');
    return typeof type === 'string' && isActionType(type) ? actionTypes[type].title.toLowerCase() : String(type);
  };
  return { label: 'kind of action', before: title(before), after: title(after) };
}

function closeUp(before: unknown, after: unknown): [unknown, unknown] {
  return typeof before === 'string' && typeof after === 'string' ? whereTheyDiffer(before, after) : [before, after];
}
