import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import { isSignInProblem, type SignInProblem, signInProblems } from '../../schemas/sign-in-problems.ts';

/**
 * Somebody was not let in.
 *
 * @param detail for administrators and the log; nothing secret.
 */
export function refusal(problem: SignInProblem, detail?: string, cause?: unknown): UserError {
  return new UserError(problem, signInProblems[problem], {
    status: 403,
    cause,
    data: detail === undefined ? {} : { detail },
  });
}

/** The reason in full, for administrators. */
export function detailOf(error: Error): string {
  const detail = error instanceof UserError ? error.data.detail : undefined;
  return typeof detail === 'string' ? detail : error.message;
}

/** What a sign-in failed by, as one of the problems that people are told. */
export function toRefusal(thrown: unknown): UserError {
  const error = coerceError(thrown);
  if (error instanceof UserError && isSignInProblem(error.code)) return error;
  const library = error instanceof OperationalError ? libraryErrorOf(error) : undefined;
  if (library !== undefined) return refusal(problemOfLibrary(library), describe(library), error);
  return refusal(problemOf(error), error.message, error);
}

function problemOf(error: Error): SignInProblem {
  if (error instanceof OperationalError) {
    return error.code === 'provider-bad-answer' ? 'sign-in-misconfigured' : 'sign-in-provider-away';
  }
  if (!(error instanceof UserError)) return 'sign-in-failed';
  // A code that was used already, or came too late.
  return error.code === 'needs-authorising' ? 'sign-in-unknown' : 'sign-in-misconfigured';
}

interface LibraryError {
  message: string;
  code: string;
  /** OAuth's own error, where the provider sent one in the address. */
  error?: string;
  cause: unknown;
}

function libraryErrorOf({ cause }: Error): LibraryError | undefined {
  if (!(cause instanceof Error)) return undefined;
  const code: unknown = Reflect.get(cause, 'code');
  const error: unknown = Reflect.get(cause, 'error');
  // Connections that break have codes, too, and prove nothing of anybody.
  if (typeof code !== 'string' || !code.startsWith('OAUTH_')) return undefined;
  return { message: cause.message, code, cause: cause.cause, ...(typeof error === 'string' && { error }) };
}

function problemOfLibrary({ code, error }: LibraryError): SignInProblem {
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return 'sign-in-clock';
  if (code !== 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') return 'sign-in-not-proved';
  if (error === 'temporarily_unavailable' || error === 'server_error') return 'sign-in-provider-away';
  const isPersons = ['access_denied', 'login_required', 'interaction_required', 'consent_required'].includes(
    error ?? '',
  );
  return isPersons ? 'sign-in-declined' : 'sign-in-misconfigured';
}

/** Names of claims and errors only: their values may be somebody's, or a stranger's choice. */
function describe({ message, cause, error, code }: LibraryError): string {
  if (error !== undefined)
    return `The provider answered with the error "${error.replace(/[^\w.-]/g, '').slice(0, 60)}".`;
  const claim: unknown =
    Reflect.get(Object(cause), 'claim') ?? Reflect.get(Object(Reflect.get(Object(cause), 'cause')), 'claim');
  const why = Reflect.get(Object(cause), 'message');
  const words = [message, typeof why === 'string' ? why : '', typeof claim === 'string' ? `claim ${claim}` : '', code];
  return words.filter(Boolean).join('; ').slice(0, 300);
}
