import type { Run } from '../../schemas/run.ts';
import { keyOfAction } from '../../schemas/sheet.ts';

/**
 * Where to look in a run that followed another: at the same action, passed as often as before; where that is no longer passed, at
 * the same place of the way. Null stays null, and is all there is in a run without steps.
 */
export function keptStep(before: Run, after: Run, step: number | null): number | null {
  const looked = step === null ? undefined : before.steps[step];
  if (step === null || looked === undefined || after.steps.length === 0) return null;
  const action = keyOfAction(looked);
  const nth = before.steps.slice(0, step + 1).filter((each) => keyOfAction(each) === action).length;
  const places = after.steps.flatMap((each, index) => (keyOfAction(each) === action ? [index] : []));
  return places[nth - 1] ?? places.at(-1) ?? Math.min(step, after.steps.length - 1);
}
