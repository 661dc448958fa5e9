import type { BacktestChange, BacktestEnding } from '../../schemas/api/backtest.ts';
import type { Run } from '../../schemas/run.ts';

/** Where a run took its mail; a fallback is another ending than the same queue on purpose. */
export function endingOf(run: Run | null): BacktestEnding {
  if (run === null) return { kind: 'none', queue: null };
  const { type, queue = null, fallback } = run.ending;
  if (fallback === true) return { kind: 'fallback', queue };
  return type === 'disconnect' ? { kind: 'disconnect', queue: null } : { kind: 'queue', queue };
}

/** What differs beside the ending. Reasons and the way are left to the eye: they change nothing for the mail. */
export function changesOf(before: Run | null, after: Run): BacktestChange[] {
  if (before === null) return [];
  const changes: BacktestChange[] = [];
  const areQueued = before.ending.type === 'transfer-to-queue' && after.ending.type === 'transfer-to-queue';
  if (areQueued && before.ending.priority !== after.ending.priority) changes.push('priority');
  if (areQueued && skillsOf(before) !== skillsOf(after)) changes.push('skills');
  if (responsesOf(before) !== responsesOf(after)) changes.push('responses');
  return changes;
}

function skillsOf(run: Run): string {
  return JSON.stringify([...(run.ending.skills ?? [])].sort());
}

/** What the flow asked for. What the send guard let pass depends on the budgets of the day, not on the flow. */
function responsesOf({ effects }: Run): string {
  return effects.length === 0
    ? ''
    : JSON.stringify(effects.map(({ to, subject, body, html }) => [to, subject, body, html]));
}
