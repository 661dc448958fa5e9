import Type from 'typebox';
import { field, logicSchema } from '../logic.ts';
import { variableNamePattern, variableRefPattern } from '../variable.ts';

/** What a call of a task or of a module hands over, and what it takes back. */
export const callSettings = {
  inputs: Type.Optional(
    Type.Record(
      Type.String({ pattern: variableNamePattern }),
      Type.Unsafe<Type.Static<typeof logicSchema>>({ ...logicSchema, ...field('value') }),
      {
        additionalProperties: false,
        maxProperties: 100,
        title: 'Inputs',
        description: 'Input → value (JsonLogic)',
        ...field('call-inputs'),
      },
    ),
  ),
  outputs: Type.Optional(
    Type.Record(Type.String({ pattern: variableRefPattern }), Type.String({ pattern: variableNamePattern }), {
      additionalProperties: false,
      maxProperties: 100,
      title: 'Keep from it',
      description: 'Variable ← output',
      ...field('call-outputs'),
    }),
  ),
};

/** An id, or nothing yet: a card that was just dropped has not been told whom to call. */
export const calledIdPattern = '^([a-z0-9][a-z0-9-]{0,63})?$';
