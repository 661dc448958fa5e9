import Type from 'typebox';
import { closed } from '../closed.ts';

export const sourceQuerySchema = closed({
  from: Type.Optional(Type.Integer({ minimum: 0, description: 'First byte; 0 where nothing is said' })),
});

/** A piece of a mail's source. */
export const sourcePageSchema = closed({
  text: Type.String({ description: 'UTF-8 where it is that, else each byte as its own character' }),
  from: Type.Integer({ description: 'First byte' }),
  next: Type.Union([Type.Integer(), Type.Null()], { description: 'First byte of the next piece; null at the end' }),
  size: Type.Integer({ description: 'Bytes of the whole' }),
});

export type SourcePage = Type.Static<typeof sourcePageSchema>;
