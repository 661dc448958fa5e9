import Type from 'typebox';
import { closed } from '../closed.ts';
import { field, logicSchema } from '../logic.ts';

export const defaultMaxRounds = 100;

/** One round for each item of a list, or a number of rounds. The rounds read `loop.item`, `loop.index` and `loop.count`. */
export const loop = {
  type: 'loop',
  title: 'Loop',
  description: 'Goes one way for each item of a list, or a number of times, and then on',
  settings: closed({
    over: Type.Unsafe<Type.Static<typeof logicSchema>>({
      ...logicSchema,
      title: 'For each of',
      description: 'A list gives one round for each item, a number that many rounds',
      ...field('value'),
    }),
    maxRounds: Type.Optional(
      Type.Integer({
        minimum: 1,
        // Beyond it a run would spend its 10,000 steps on one loop.
        maximum: 1_000,
        title: 'Most rounds',
        description: `${defaultMaxRounds} if empty. A longer list makes the run fail rather than skip what is behind`,
      }),
    ),
  }),
  defaults: { over: { var: 'email.attachments' } },
  outcomes: ['each', 'done'],
} as const;
