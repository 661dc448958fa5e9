import { UserError } from '../../schemas/errors.ts';
import type { Scope } from '../../schemas/scope.ts';
import type { ExecutorContext, LoopRound } from './ports.ts';

/** A loop that runs on a sheet; the innermost is the last of the list. Coming back to its action is its next round. */
export interface RunningLoop {
  action: string;
  round: LoopRound;
  isLeft: boolean;
}

/** The running loop of that action, or null. The loops inside it are over: the mail has come back out of them. */
export function arriveAt(loops: RunningLoop[], action: string): ExecutorContext['running'] {
  const index = loops.findLastIndex((loop) => loop.action === action);
  const found = loops[index];
  if (found === undefined) return null;
  loops.length = index + 1;
  return found;
}

/** Notes what an action said about the rounds that it makes: a new one, or, if it was a running loop, that it has ended. */
export function keepRound(loops: RunningLoop[], action: string, round: LoopRound | undefined): void {
  const last = loops.at(-1);
  const running = last?.action === action ? last : undefined;
  if (round === undefined) {
    if (running !== undefined) loops.pop();
  } else if (running === undefined) loops.push({ action, round, isLeft: false });
  else running.round = round;
}

/** The action of the innermost loop, to go on there. Throws `no-loop`. */
export function leaveLoop(loops: readonly RunningLoop[], leave: 'round' | 'loop'): string {
  const innermost = loops.at(-1);
  if (innermost === undefined) throw new UserError('no-loop', 'No loop runs here that could go on or be left.');
  if (leave === 'loop') innermost.isLeft = true;
  return innermost.action;
}

/** What conditions and templates see of the innermost loop. */
export function currentRound(loops: readonly RunningLoop[]): Scope['loop'] {
  const round = loops.at(-1)?.round;
  if (round === undefined) return undefined;
  const { items, index, count } = round;
  return { item: items === null ? index + 1 : items[index], index, count };
}
