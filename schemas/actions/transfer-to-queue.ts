import Type from 'typebox';
import { closed } from '../closed.ts';
import { prioritySchema, queueIdSchema, skillsSchema } from '../ids.ts';
import { field } from '../logic.ts';

/** Hands the mail to a queue. Without a priority of its own it takes the one set before, or 0. */
export const transferToQueue = {
  type: 'transfer-to-queue',
  title: 'Transfer to queue',
  description: 'Hands the mail to the people of a queue',
  settings: closed({
    queue: Type.String({ ...queueIdSchema, ...field('queue') }),
    priority: Type.Optional(prioritySchema),
    skills: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { ...skillsSchema, ...field('skills') }),
    ),
  }),
  defaults: { queue: 'general' },
  outcomes: [],
} as const;
