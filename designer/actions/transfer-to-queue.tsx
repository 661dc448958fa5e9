import { IconInbox } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const transferToQueue: Card<'transfer-to-queue'> = {
  icon: IconInbox,
  colour: 'green',
  keywords: 'route acd people team end',
  summary: ({ queue, priority, skills }, words) =>
    [
      queue === '' ? 'no queue yet' : `to ${words.queue(queue)}`,
      priority === undefined ? '' : `priority ${priority}`,
      skills === undefined || skills.length === 0 ? '' : `needs ${skills.join(', ')}`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
};
