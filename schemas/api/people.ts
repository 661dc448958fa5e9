import Type from 'typebox';
import { closed } from '../closed.ts';

/** Users and tokens by the ids under which the store knows what they did. */
export const peopleSchema = closed({ items: Type.Array(closed({ id: Type.String(), name: Type.String() })) });

export type People = Type.Static<typeof peopleSchema>;
