import { useMemo, useState } from 'react';
import { mergeFlows } from '../../schemas/compare/merge-flows.ts';
import type { Side } from '../../schemas/compare/merge-parts.ts';
import type { Flow } from '../../schemas/flow.ts';
import { choose, chosenSides, noChoices, redoChoice, undoChoice } from './choices.ts';
import { spreadMerged } from './spread-merged.ts';

export interface MergeSides {
  /** Null where there was nothing before both. */
  base: Flow | null;
  mine: Flow;
  theirs: Flow;
}

/** The merge as it stands after each choice. */
export function useMerge({ base, mine, theirs }: MergeSides) {
  const [choices, setChoices] = useState(noChoices);
  const sides = chosenSides(choices);
  const merge = useMemo(() => {
    const { flow, ...merged } = mergeFlows({ base, mine, theirs }, sides);
    return { ...merged, flow: spreadMerged(flow, merged.mine, theirs) };
  }, [base, mine, theirs, sides]);
  return {
    ...merge,
    open: merge.conflicts.filter(({ chosen }) => chosen === null),
    canUndo: choices.past.length > 0,
    canRedo: choices.future.length > 0,
    choose: (ats: readonly string[], side: Side) => setChoices((before) => choose(before, ats, side)),
    undo: () => setChoices(undoChoice),
    redo: () => setChoices(redoChoice),
  };
}
