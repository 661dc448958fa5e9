import type { Side } from '../../schemas/compare/merge-parts.ts';

type Sides = ReadonlyMap<string, Side>;

/** What was chosen after each choice, and the way back: each can be undone while the merge is open. */
export interface Choices {
  past: readonly Sides[];
  future: readonly Sides[];
}

export const noChoices: Choices = { past: [], future: [] };

const nothing: Sides = new Map();

/** Conflict's pointer → the side that was chosen. */
export function chosenSides({ past }: Choices): Sides {
  return past.at(-1) ?? nothing;
}

/** One side for one conflict, or for several at once. */
export function choose(choices: Choices, ats: readonly string[], side: Side): Choices {
  const sides = new Map(chosenSides(choices));
  for (const at of ats) sides.set(at, side);
  return { past: [...choices.past, sides], future: [] };
}

export function undoChoice({ past, future }: Choices): Choices {
  const last = past.at(-1);
  return last === undefined ? { past, future } : { past: past.slice(0, -1), future: [last, ...future] };
}

export function redoChoice({ past, future }: Choices): Choices {
  const [next, ...rest] = future;
  return next === undefined ? { past, future } : { past: [...past, next], future: rest };
}
