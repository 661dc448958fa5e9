import Type from 'typebox';
import { closed } from './closed.ts';
import { flowIdSchema } from './ids.ts';
import { variableSchema } from './variable.ts';

const callerSchema = closed({
  id: flowIdSchema,
  name: Type.String(),
  inputs: Type.Array(Type.String(), { description: 'That it fills' }),
  outputs: Type.Array(Type.String(), { description: 'That it keeps' }),
});

/** A published module as those who call it need to know it, and who does. */
export const knownModuleSchema = closed({
  id: flowIdSchema,
  name: Type.String(),
  inputs: Type.Array(variableSchema),
  outputs: Type.Array(variableSchema),
  calls: Type.Array(Type.String(), { description: 'Ids of the modules that it calls itself' }),
  answers: Type.Boolean({ description: 'True if an automatic reply can come to an auto-response of it' }),
  callers: Type.Array(callerSchema),
});

export type KnownModule = Type.Static<typeof knownModuleSchema>;
