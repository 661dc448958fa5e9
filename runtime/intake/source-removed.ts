import { UserError } from '../../schemas/errors.ts';
import type { Removal } from '../../schemas/retention.ts';

/** What whoever wants the source of a mail is told after a rule has removed it. */
export function sourceRemoved(json: string): UserError {
  // Our own JSON, written by the retention rules.
  const removal: Removal = JSON.parse(json);
  const message = `The source of this mail was removed on ${removal.at.slice(0, 10)} by the retention rule of ${removal.days} days. What was read of it is still here.`;
  return new UserError('source-removed', message, { status: 410, data: { ...removal } });
}
