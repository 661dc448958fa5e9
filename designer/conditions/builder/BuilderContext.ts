import { createContext, use } from 'react';
import type { Issue } from '../../../schemas/issue.ts';
import type { Logic } from '../../../schemas/logic.ts';
import type { ConditionField } from '../../../schemas/wording/condition-fields.ts';
import type { Path } from '../groups.ts';

/** What every part of one builder shares. */
interface Builder {
  fields: readonly ConditionField[];
  isReadOnly: boolean;
  /** Changes the whole condition. */
  edit: (change: (root: Logic) => Logic) => void;
  /** Moves a part and keeps the keyboard on it. */
  move: (from: Path, to: { group: Path; index: number }) => void;
  /** Issues of a part by its pointer within the condition. */
  issuesAt: (pointer: string) => readonly Issue[];
  /** The part that is being dragged. */
  dragged: Path | null;
  drag: (path: Path | null) => void;
}

export const BuilderContext = createContext<Builder | null>(null);

export function useBuilder(): Builder {
  const builder = use(BuilderContext);
  if (builder === null) throw new Error('A part of a condition was drawn outside its builder');
  return builder;
}
