import { useMemo } from 'react';
import type { Vocabulary } from '../../schemas/compare/words.ts';
import { describeLogic } from '../../schemas/wording/describe-logic.ts';
import { useCardWords } from '../actions/useCardWords.ts';

/** The words of cards and conditions, for changes. */
export function useVocabulary(): Vocabulary {
  const words = useCardWords();
  return useMemo(() => ({ logic: (rule) => describeLogic(rule, words), queue: words.queue }), [words]);
}
