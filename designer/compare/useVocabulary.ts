import { useMemo } from 'react';
import type { Vocabulary } from '../../schemas/compare/words.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import { describeLogic } from '../conditions/describe-logic.ts';

/** The words of cards and conditions, for changes. */
export function useVocabulary(): Vocabulary {
  const { queue } = useCardWords();
  return useMemo(() => ({ logic: describeLogic, queue }), [queue]);
}
