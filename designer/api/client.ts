import type { CaseResult } from '../../schemas/api/cases.ts';
import type { Problem } from '../../schemas/api/problem.ts';
import type { Issue } from '../../schemas/issue.ts';
import { takeEarly } from './early.ts';

/** What the server (or the way to it) said no with. `message` is meant for people: what happened and what to do. */
export class ApiError extends Error {
  /** HTTP status; 0 if no answer came. */
  readonly status: number;
  /** Stable, kebab-case; `unreachable` if no answer came. */
  readonly code: string;
  readonly issues: readonly Issue[];
  /** Cases that stand in the way of publishing. */
  readonly cases: readonly CaseResult[];

  constructor(
    status: number,
    code: string,
    detail: string,
    { issues = [], cases = [] }: Pick<Problem, 'issues' | 'cases'> = {},
    options?: ErrorOptions,
  ) {
    super(detail, options);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.issues = issues;
    this.cases = cases;
  }
}

type Query = Record<string, string | number | boolean | undefined>;

interface RequestOptions {
  query?: Query | undefined;
  body?: unknown;
  /** In place of a body. */
  file?: Blob;
  signal?: AbortSignal | undefined;
}

/** @throws {ApiError} for every answer but 2xx, and when no answer comes. */
async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const early = method === 'GET' && options.query === undefined ? await takeEarly(path) : null;
  if (early !== null) return early;
  let response: Response;
  try {
    response = await fetch(withQuery(path, options.query), {
      method,
      signal: options.signal ?? null,
      ...sent(options),
    });
  } catch (thrown) {
    throw unreachable(thrown);
  }
  if (!response.ok) throw await toApiError(response);
  return response;
}

function sent({ body, file }: RequestOptions): Pick<RequestInit, 'headers' | 'body'> {
  if (file !== undefined) return { headers: { 'content-type': 'application/octet-stream' }, body: file };
  if (body === undefined) return {};
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options);
  // An empty answer is what callers of T = void asked for; every other shape is the server's contract in schemas/api.
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** The answer to a POST as it comes in: one JSON value a line. Aborting the signal ends the work on the server, too. */
export async function* postForLines<T>(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<T, void> {
  const response = await send('POST', path, { body, signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) return;
  let text = '';
  for (;;) {
    const { done, value = '' } = await reader.read().catch((thrown: unknown) => {
      throw unreachable(thrown);
    });
    const lines = (text + value).split('\n');
    text = lines.pop() ?? '';
    // Every line is the server's contract in schemas/api.
    for (const line of lines) if (line !== '') yield JSON.parse(line) as T;
    if (done) return;
  }
}

function unreachable(thrown: unknown): Error {
  if (thrown instanceof DOMException && thrown.name === 'AbortError') return thrown;
  const message = 'The server does not answer. Check that Sluice is running and that you are online, then try again.';
  return new ApiError(0, 'unreachable', message, {}, { cause: thrown });
}

export const api = {
  get: <T>(path: string, options?: { query?: Query; signal?: AbortSignal }): Promise<T> =>
    request<T>('GET', path, options),
  post: <T>(path: string, body?: unknown, options?: { signal?: AbortSignal }): Promise<T> =>
    request<T>('POST', path, { body, ...options }),
  /** Sends a file as it is. */
  upload: <T>(path: string, file: Blob, query: Query): Promise<T> => request<T>('POST', path, { file, query }),
  put: <T>(path: string, body: unknown): Promise<T> => request<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown): Promise<T> => request<T>('PATCH', path, { body }),
  delete: <T = void>(path: string): Promise<T> => request<T>('DELETE', path),
};

/** A path from literal text and values; each value is escaped, so that an id can never reach another resource. */
export function path(strings: TemplateStringsArray, ...values: (string | number)[]): string {
  return strings.reduce((text, literal, i) => text + encodeURIComponent(String(values[i - 1])) + literal);
}

function withQuery(pathname: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? pathname : `${pathname}?${text}`;
}

async function toApiError(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  const problem = readProblem(text);
  if (problem) {
    return new ApiError(response.status, problem.code, problem.detail || problem.title, problem);
  }
  return new ApiError(
    response.status,
    `http-${response.status}`,
    `The server answered ${response.status} ${response.statusText} without saying why. Its log has the reason.`,
  );
}

function readProblem(text: string): Problem | null {
  try {
    const value: unknown = JSON.parse(text);
    const isProblem = typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
    // The two fields that people see were looked at; the rest is schemas/api/problem.ts, written by our own server.
    return isProblem ? (value as Problem) : null;
  } catch {
    // A proxy in front of the server answers in HTML: not a problem document.
    return null;
  }
}
