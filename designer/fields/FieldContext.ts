import { createContext, use } from 'react';
import type { Variable } from '../../schemas/variable.ts';

/** What fields need to know beside their own value. */
export interface FieldSurroundings {
  /** All that there is to read, named as it is referred to: `category` of the flow, `task.category`, `loop.item`. */
  variables: readonly Variable[];
  isReadOnly: boolean;
}

export const FieldContext = createContext<FieldSurroundings>({ variables: [], isReadOnly: false });

export function useFieldSurroundings(): FieldSurroundings {
  return use(FieldContext);
}
