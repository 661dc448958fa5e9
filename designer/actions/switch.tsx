import { IconArrowsSplit2 } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const switchAction: Card<'switch'> = {
  icon: IconArrowsSplit2,
  colour: 'violet',
  keywords: 'case choose branch several cases',
  summary: ({ cases }) =>
    cases.length === 1 ? '1 case, or the default' : `first of ${cases.length} cases, or the default`,
};
