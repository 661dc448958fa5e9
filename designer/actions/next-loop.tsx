import { IconPlayerTrackNext } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const nextLoop: Card<'next-loop'> = {
  icon: IconPlayerTrackNext,
  colour: 'yellow',
  keywords: 'continue repeat again round',
  summary: () => 'the loop goes on',
};
