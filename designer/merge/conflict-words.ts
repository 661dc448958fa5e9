import { actionAt, actionIn } from '../../schemas/compare/compare-flows.ts';
import type { Conflict, Side } from '../../schemas/compare/merge-parts.ts';
import { valueWords } from '../../schemas/compare/value-words.ts';
import { placeOf, type Vocabulary } from '../../schemas/compare/words.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { SheetId } from '../../schemas/sheet.ts';

export interface ConflictWords {
  /** The action concerned; null where the flow itself is. */
  action: { id: string; task: SheetId; name: string } | null;
  /** What of it: "condition"; empty for all of it. */
  part: string;
  /** Why nobody but a person can choose, where that is not plain. */
  why: string;
  options: { side: Side; words: string }[];
}

/** A conflict as a person reads it. `flows` are the three documents. */
export function wordsOfConflict(conflict: Conflict, flows: Record<Side, Flow>, vocabulary: Vocabulary): ConflictWords {
  const at = actionAt(conflict.path);
  const documents = [flows.theirs, flows.mine, flows.base];
  const place = placeOf(conflict.path, documents, vocabulary);
  const sides: Side[] = hasNoFormer(conflict) ? ['mine', 'theirs'] : ['mine', 'theirs', 'base'];
  const name = at === null ? '' : documents.map((flow) => actionIn(flow, at.task, at.id)?.name).find(Boolean);
  return {
    action: at === null ? null : { id: at.id, task: at.task, name: name || at.id },
    part: at?.inside.length === 0 ? '' : place.label,
    why: reasons[conflict.why],
    options: sides.map((side) => ({ side, words: wordsOfSide(conflict, side, place, flows[side]) })),
  };
}

const reasons: Readonly<Record<Conflict['why'], string>> = {
  'both-changed': '',
  'both-added': 'Both sides added it, each in another way.',
  'removed-and-changed': 'One side removed it, the other changed it.',
  'removed-and-used': 'One side removed it, the other now leads to it.',
  'both-reordered': 'Both sides changed the order.',
  'both-inserted': 'Both sides added something at the same place: which comes first?',
};

/** True where going back to the common version would answer nothing: it has neither of the two. */
function hasNoFormer({ why }: Conflict): boolean {
  return why === 'both-added' || why === 'both-inserted';
}

function wordsOfSide(conflict: Conflict, side: Side, place: ReturnType<typeof placeOf>, flow: Flow): string {
  const value = conflict[side];
  const isConnection = actionAt(conflict.path)?.inside[0] === 'next';
  if (value === undefined && isConnection) return 'leads nowhere';
  if (value === undefined) return conflict.base === undefined ? 'not there' : 'removed';
  return conflict.why === 'both-reordered' || conflict.why === 'both-inserted'
    ? valueWords(value)
    : place.words(value, flow);
}
