import type { Executor } from '../engine/ports.ts';

export const decide: Executor<'decision'> = ({ condition }, { expressions, scope }) => {
  const { holds, trace } = expressions.decide(condition, scope);
  const outcome = holds ? 'yes' : 'no';
  return { outcome, detail: { conditions: [{ outcome: 'yes', trace }] } };
};
