import { createContext } from 'react';
import type { CardWords } from '../actions/card.ts';

/** Cards show ids until the names are known. */
export const CardWordsContext = createContext<CardWords>({
  queue: (id) => id,
  list: (id) => id,
  schedule: (id) => id,
  task: (id) => id,
  flow: (id) => id,
});
