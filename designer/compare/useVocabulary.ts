import { useMemo } from 'react';
import type { Vocabulary } from '../../schemas/compare/words.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import { describeLogic } from '../conditions/describe-logic.ts';

/** The words of cards and conditions, for changes. */
export function useVocabulary(): Vocabulary {
  const words = useCardWords();
  return useMemo(() => ({ logic: (rule) => describeLogic(rule, words), queue: words.queue }), [words]);
}
