import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler } from 'express';
import type { Problem } from '../../schemas/api/problem.ts';
import { coerceError, OperationalError, UnexpectedError, UserError } from '../../schemas/errors.ts';
import type { Logger } from './services.ts';

const problemType = 'application/problem+json';

/** The one place where errors become answers: the class says whose fault it is, and with that the status. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (thrown, request, response, next) => {
    if (response.headersSent) {
      next(thrown);
      return;
    }
    const { problem, error } = toProblem(thrown);
    const data = { code: problem.code, status: problem.status, method: request.method, path: request.path };
    if (problem.status >= 500) log.error({ ...data, error }, error.message);
    else log.debug(data, error.message);
    const retryAfter = error instanceof UserError ? error.data.retryAfterSeconds : undefined;
    if (typeof retryAfter === 'number') response.set('Retry-After', String(retryAfter));
    if (error instanceof UserError && typeof error.data.allow === 'string') response.set('Allow', error.data.allow);
    if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer realm="sluice"');
    response.status(problem.status).set('Cache-Control', 'no-store').type(problemType).send(JSON.stringify(problem));
  };
}

/** What an answer says of an error; also where it is the last line of a stream. */
export function toProblem(thrown: unknown): { problem: Problem; error: Error } {
  const error = fromExpress(coerceError(thrown));
  if (error instanceof UserError) {
    // By convention of the error classes' users: `issues` in the data of a UserError are issues, `cases` results of cases.
    const { issues, cases } = error.data as Partial<Pick<Problem, 'issues' | 'cases'>>;
    const problem = problemOf(error.status, error.code, error.message);
    return { error, problem: { ...problem, ...(issues && { issues }), ...(cases && { cases }) } };
  }
  if (error instanceof OperationalError) return { error, problem: problemOf(503, error.code, error.message) };
  const code = error instanceof UnexpectedError ? error.code : 'unexpected';
  return {
    error,
    problem: problemOf(500, code, 'Something went wrong inside Sluice; its log has the details. Please report it.'),
  };
}

function problemOf(status: number, code: string, detail: string): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail };
}

const byExpressType: Record<string, { code: string; message: string }> = {
  'entity.parse.failed': {
    code: 'invalid-json',
    message: 'The body is not JSON. Check it for a missing quote or comma.',
  },
  'entity.too.large': { code: 'body-too-large', message: 'The body is larger than this call accepts.' },
  'encoding.unsupported': {
    code: 'unsupported-encoding',
    message: 'Send the body without Content-Encoding, in UTF-8.',
  },
  'charset.unsupported': { code: 'unsupported-encoding', message: 'Send the body in UTF-8.' },
  'request.aborted': { code: 'request-aborted', message: 'The connection closed before the body was complete.' },
  'request.size.invalid': { code: 'request-aborted', message: 'The body is not as long as its Content-Length says.' },
};

/** Express and its body reader mark the caller's faults with a 4xx status; everything else of theirs stays unexpected. */
function fromExpress(error: Error): Error {
  const status: unknown = Reflect.get(error, 'status');
  if (error instanceof UserError || typeof status !== 'number' || status < 400 || status > 499) return error;
  const type: unknown = Reflect.get(error, 'type');
  const known = typeof type === 'string' ? byExpressType[type] : undefined;
  if (known !== undefined) return new UserError(known.code, known.message, { status, cause: error });
  return new UserError('bad-request', 'The address or the headers of this request cannot be read.', {
    status,
    cause: error,
  });
}
