import { IconCornerDownLeft } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const returnAction: Card<'return'> = {
  icon: IconCornerDownLeft,
  colour: 'gray',
  keywords: 'end task module back finish',
  summary: () => 'back to the caller',
};
