import { IconVariable } from '@tabler/icons-react';
import { describeLogic } from '../../schemas/wording/describe-logic.ts';
import type { Card } from './card.ts';

export const updateData: Card<'update-data'> = {
  icon: IconVariable,
  colour: 'grape',
  keywords: 'variable assign set value',
  summary: ({ assignments }, words) => {
    const [first] = assignments;
    if (first === undefined) return 'nothing yet';
    const more = assignments.length - 1;
    return `${first.variable} = ${describeLogic(first.value, words)}${more > 0 ? ` and ${more} more` : ''}`;
  },
};
