import { IconLogout2 } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const exitLoop: Card<'exit-loop'> = {
  icon: IconLogout2,
  colour: 'yellow',
  keywords: 'break stop end loop',
  summary: () => 'goes on behind the loop',
};
