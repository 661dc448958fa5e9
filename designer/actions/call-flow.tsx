import { IconPackage } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const callFlow: Card<'call-flow'> = {
  icon: IconPackage,
  colour: 'grape',
  keywords: 'module sub flow subflow shared common reuse',
  summary: ({ flow }, words) => (flow === '' ? 'no module yet' : words.flow(flow)),
};
