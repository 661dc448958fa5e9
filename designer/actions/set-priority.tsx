import { IconFlag3 } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const setPriority: Card<'set-priority'> = {
  icon: IconFlag3,
  colour: 'orange',
  keywords: 'urgent important order',
  summary: ({ priority }) => `priority ${priority}`,
};
