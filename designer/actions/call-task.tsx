import { IconStack2 } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const callTask: Card<'call-task'> = {
  icon: IconStack2,
  colour: 'indigo',
  keywords: 'sub flow subflow reuse procedure function tab',
  summary: ({ task }, words) => (task === '' ? 'no task yet' : words.task(task)),
};
