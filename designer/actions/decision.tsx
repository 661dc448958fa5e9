import { IconArrowFork } from '@tabler/icons-react';
import { describeLogic } from '../../schemas/wording/describe-logic.ts';
import type { Card } from './card.ts';

export const decision: Card<'decision'> = {
  icon: IconArrowFork,
  colour: 'indigo',
  keywords: 'if condition branch yes no check',
  summary: ({ condition }, words) => describeLogic(condition, words),
};
