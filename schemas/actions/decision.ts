import Type from 'typebox';
import { closed } from '../closed.ts';
import { field, logicSchema } from '../logic.ts';

/** Two ways on, by one condition. */
export const decision = {
  type: 'decision',
  title: 'Decision',
  description: 'Goes one of two ways, by a condition',
  settings: closed({
    condition: Type.Unsafe<Type.Static<typeof logicSchema>>({
      ...logicSchema,
      title: 'Condition',
      ...field('condition'),
    }),
  }),
  defaults: { condition: { contains: [{ var: 'email.subject' }, ''] } },
  outcomes: ['yes', 'no'],
} as const;
