import type { Run } from '../../schemas/run.ts';
import { keyOfAction } from '../../schemas/sheet.ts';

/** Where two runs part: the index of the first step that is not the same, in each; null in one that had no such step. */
export interface Difference {
  before: number | null;
  after: number | null;
  /** What differs there, in words. */
  words: string;
}

/** Null where both took the very same way to the same end. */
export function firstDifference(before: Run, after: Run): Difference | null {
  const length = Math.max(before.steps.length, after.steps.length);
  for (let index = 0; index < length; index += 1) {
    const one = before.steps[index];
    const other = after.steps[index];
    const places = { before: one === undefined ? null : index, after: other === undefined ? null : index };
    if (one === undefined || other === undefined) {
      const longer = one === undefined ? 'The draft' : 'The published version';
      return { ...places, words: `${longer} goes on to “${(one ?? other)?.name}”.` };
    }
    if (keyOfAction(one) !== keyOfAction(other)) {
      return { ...places, words: `After the same way so far: “${one.name}” before, “${other.name}” in the draft.` };
    }
    if (one.outcome !== other.outcome || (one.error === undefined) !== (other.error === undefined)) {
      return { ...places, words: `At “${other.name}”: ${came(one)} before, ${came(other)} in the draft.` };
    }
  }
  return endDifference(before, after);
}

/** The same steps, but another end: the last step was set up differently, or an earlier one changed what it depends on. */
function endDifference(before: Run, after: Run): Difference | null {
  const last = { before: lastOf(before), after: lastOf(after) };
  const step = after.steps.at(-1);
  if (JSON.stringify(endOf(before)) !== JSON.stringify(endOf(after))) {
    return { ...last, words: `The way is the same; “${step?.name ?? 'the end'}” does something else with the mail.` };
  }
  const differing = after.effects.findIndex((effect, index) => {
    const former = before.effects[index];
    return former === undefined || former.subject !== effect.subject || former.body !== effect.body;
  });
  if (differing === -1) return null;
  return {
    before: indexOf(before, differing),
    after: indexOf(after, differing),
    words: 'The way is the same; the response says something else.',
  };
}

function came(step: Run['steps'][number]): string {
  if (step.error !== undefined) return 'it failed';
  return step.outcome === null ? 'the end' : `“${step.outcome}”`;
}

function endOf({ ending: { type, queue, priority, skills, fallback } }: Run): unknown[] {
  return [type, queue, priority, [...(skills ?? [])].sort(), fallback];
}

function lastOf({ steps }: Run): number | null {
  return steps.length === 0 ? null : steps.length - 1;
}

/** The step that asked for the effect. */
function indexOf({ steps }: Run, effect: number): number | null {
  const index = steps.findIndex((step) => step.detail.effect === effect);
  return index === -1 ? null : index;
}
