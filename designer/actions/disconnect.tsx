import { IconCircleX } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const disconnect: Card<'disconnect'> = {
  icon: IconCircleX,
  colour: 'red',
  keywords: 'end drop stop ignore close',
  summary: ({ reason }) => reason || 'ends without a queue',
};
