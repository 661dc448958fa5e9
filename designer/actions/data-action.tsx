import { IconApi } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const dataAction: Card<'data-action'> = {
  icon: IconApi,
  colour: 'cyan',
  keywords: 'http web service request call webhook rest classify',
  summary: ({ method, url }) => `${method} ${url.replace(/^https?:\/\//, '') || 'no URL yet'}`,
};
