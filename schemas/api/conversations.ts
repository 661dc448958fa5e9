import Type from 'typebox';
import { closed } from '../closed.ts';
import { interactionSummarySchema } from './interactions.ts';

/** Why a mail belongs to its conversation. */
const howSchema = Type.Union([Type.Literal('token'), Type.Literal('references'), Type.Literal('by-hand')]);

export const conversationSchema = closed({
  conversation: Type.String({ description: 'Id of the interaction that it began with' }),
  items: Type.Array(
    closed({
      ...interactionSummarySchema.properties,
      how: Type.Union([howSchema, Type.Null()], { description: 'Null for the mail that it began with' }),
    }),
    { description: 'Oldest first' },
  ),
});
export const mergeBodySchema = closed({
  into: Type.String({ minLength: 1, maxLength: 64, description: 'A mail of the other conversation' }),
});

export type Conversation = Type.Static<typeof conversationSchema>;
