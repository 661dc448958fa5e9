import { defaultMaxRounds } from '../../schemas/actions/loop.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Executor, LoopRound } from '../engine/ports.ts';

/** Begins with the first round; whenever the mail comes back it is the next one, until none is left or the loop was to be left. */
export const goRound: Executor<'loop'> = ({ over, maxRounds = defaultMaxRounds }, { expressions, running, scope }) => {
  const round = running === null ? firstRound(expressions.evaluate(over, scope), maxRounds) : nextRound(running.round);
  const { index, count } = round;
  if (running?.isLeft === true || index >= count) return { outcome: 'done' };
  return { outcome: 'each', round, detail: { round: { index, count } } };
};

function nextRound({ items, index, count }: LoopRound): LoopRound {
  return { items, index: index + 1, count };
}

function firstRound(value: unknown, maxRounds: number): LoopRound {
  const items = Array.isArray(value) ? value : null;
  const count = items === null ? numberOfRounds(value) : items.length;
  if (count > maxRounds) {
    // Going on without the rest could let pass just what the loop looks for.
    throw new UserError('too-many-rounds', `It would go ${count} rounds; ${maxRounds} are allowed.`);
  }
  return { items, index: 0, count };
}

function numberOfRounds(value: unknown): number {
  if (value === null || value === undefined) return 0;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return Math.max(0, Math.floor(number));
  throw new UserError('not-a-list', 'A loop goes over a list or a number of rounds, and this is neither.');
}
