import { IconRepeat } from '@tabler/icons-react';
import { describeLogic } from '../../schemas/wording/describe-logic.ts';
import type { Card } from './card.ts';

export const loop: Card<'loop'> = {
  icon: IconRepeat,
  colour: 'yellow',
  keywords: 'repeat each every list times while for',
  summary: ({ over }, words) =>
    typeof over === 'number' ? `${over} times` : `for each of ${describeLogic(over, words)}`,
};
