import { IconMailForward } from '@tabler/icons-react';
import type { Card } from './card.ts';

export const autoResponse: Card<'auto-response'> = {
  icon: IconMailForward,
  colour: 'teal',
  keywords: 'answer reply acknowledge mail send',
  summary: ({ subject }) => `“${readable(subject)}”`,
};

/** `{{ interaction.email.subject }}` reads as `[subject]`. */
function readable(template: string): string {
  return template.replaceAll(/\{\{\s*(?:[\w-]+\.)*([\w-]+)[^}]*\}\}/g, '[$1]');
}
