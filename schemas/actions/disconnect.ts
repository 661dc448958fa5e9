import Type from 'typebox';
import { closed } from '../closed.ts';

/** Ends the interaction without handing it to anybody; it stays on record with its reason. */
export const disconnect = {
  type: 'disconnect',
  title: 'Disconnect',
  description: 'Ends here: the mail stays on record, but reaches no queue',
  settings: closed({
    reason: Type.Optional(
      Type.String({ maxLength: 500, title: 'Reason', description: 'Shown wherever the mail is listed' }),
    ),
  }),
  defaults: { reason: 'automatic reply' },
  outcomes: [],
} as const;
