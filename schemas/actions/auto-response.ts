import Type from 'typebox';
import { closed } from '../closed.ts';
import { idPattern } from '../ids.ts';
import { field } from '../logic.ts';

/** Answers the sender, past the send guard, which may withhold the answer and says why. */
export const autoResponse = {
  type: 'auto-response',
  title: 'Auto-response',
  description: 'Answers the sender, unless that could start a mail loop',
  settings: closed({
    subject: Type.String({ minLength: 1, maxLength: 1_000, title: 'Subject', ...field('template') }),
    body: Type.String({ minLength: 1, maxLength: 100_000, title: 'Text', ...field('long-template') }),
    html: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100_000,
        title: 'HTML',
        description: 'Sent beside the text; values are escaped, and what could run or track is taken out',
        ...field('html-template'),
      }),
    ),
    from: Type.Optional(
      Type.String({
        pattern: idPattern,
        title: 'From',
        description: 'In place of what the route says',
        ...field('from-address'),
      }),
    ),
  }),
  defaults: {
    subject: 'Re: {{ interaction.email.subject }}',
    body: 'Thank you for your message.\n\nWe have received it under the reference {{ interaction.id }} and will answer as soon as we can.',
  },
  outcomes: ['done'],
} as const;
