import Type from 'typebox';
import { closed } from '../closed.ts';

const folderSchema = Type.String({ minLength: 1, maxLength: 500 });

/** What becomes of a mail on its server once it is stored here, for every source that has folders. Left out: it is marked as read. */
export const afterTakingSchema = Type.Union(
  [
    closed({ action: Type.Literal('mark-read') }),
    closed({ action: Type.Literal('move'), folder: folderSchema }),
    closed({ action: Type.Literal('delete') }),
  ],
  { description: 'After the durable commit. A mail of which only a part was taken stays where it is, marked as read' },
);

export const takeDaysSchema = Type.Integer({
  minimum: 0,
  maximum: 365,
  description:
    'At the first contact, mails of the last so many days are taken, too; 0 takes only what comes from then on',
});

export type AfterTaking = Type.Static<typeof afterTakingSchema>;
