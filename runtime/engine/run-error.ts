import { coerceError, OperationalError, UnexpectedError, UserError } from '../../schemas/errors.ts';
import type { RunError } from '../../schemas/run.ts';

/** What was thrown, as a run records it. Only the outside world's failures are worth another try. */
export function toRunError(thrown: unknown): RunError {
  const error = coerceError(thrown);
  const known = error instanceof UserError || error instanceof OperationalError || error instanceof UnexpectedError;
  return {
    code: known ? error.code : 'unexpected',
    message: error.message,
    retryable: error instanceof OperationalError,
  };
}
