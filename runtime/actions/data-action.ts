import type { SettingsOf } from '../../schemas/actions/index.ts';
import { boundedCopy } from '../../schemas/bounded-copy.ts';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import { resolvePointer } from '../../schemas/json-pointer.ts';
import type { StepDetail } from '../../schemas/run.ts';
import type { Executor, ExecutorContext, HttpRequest, HttpResponse } from '../engine/ports.ts';
import { renderJson } from './render-json.ts';

type Settings = SettingsOf<'data-action'>;

const defaultTimeoutMs = 5_000;
/** What flow variables could use of an answer fits many times over; a service that sends more is not answering. */
const maxResponseBytes = 1_048_576;

/**
 * Asks a web service. What the service, the network or the address guard do is an outcome (`failure`, `timeout`) with its reason;
 * a template that fails, or a header value with a line end in it, is a failure of the flow and is thrown.
 */
export const callService: Executor<'data-action'> = async (settings, context) => {
  const request = requestOf(settings, context);
  const asked = recordOf(request);
  let response: HttpResponse;
  try {
    response = await context.http(request);
  } catch (thrown) {
    return failed(thrown, { request: asked });
  }

  const detail: StepDetail = { request: { ...asked, status: response.status } };
  if (response.status < 200 || response.status > 299) {
    return { outcome: 'failure', detail: { ...detail, reason: `The service answered with status ${response.status}` } };
  }
  const kept = keep(settings.response ?? [], response.body, context);
  if (!kept.ok) return { outcome: 'failure', detail: { ...detail, reason: kept.reason } };
  return {
    outcome: 'success',
    variables: kept.variables,
    detail: {
      ...detail,
      ...(settings.response === undefined ? {} : { variables: shown(kept.variables) }),
    },
  };
};

/** What a step records of the request that the action would make on this mail. Throws where a template fails. */
export function recordedRequest(settings: Settings, context: ExecutorContext): { method: string; url: string } {
  return recordOf({ method: settings.method, url: urlOf(settings, context) });
}

function recordOf({ method, url }: Pick<HttpRequest, 'method' | 'url'>): { method: string; url: string } {
  return { method, url: withoutSecrets(url) };
}

function urlOf(settings: Settings, { expressions, scope }: ExecutorContext): string {
  return expressions.render(settings.url, scope).trim();
}

function requestOf(settings: Settings, context: ExecutorContext): HttpRequest {
  const { action, expressions, scope } = context;
  const render = (template: string): string => expressions.render(template, scope);
  const headers: Record<string, string> = Object.create(null);
  for (const { name, value } of settings.headers ?? []) headers[name.toLowerCase()] = headerValue(name, render(value));
  const hasBody = settings.body !== undefined && settings.method !== 'GET';
  if (hasBody) headers['content-type'] ??= 'application/json';
  headers.accept ??= 'application/json';
  return {
    from: action,
    method: settings.method,
    url: urlOf(settings, context),
    headers,
    // Serialised after rendering: a quotation mark in a subject cannot break out of its string.
    ...(hasBody ? { body: JSON.stringify(renderJson(settings.body, render)) } : {}),
    timeoutMs: settings.timeoutMs ?? defaultTimeoutMs,
    maxResponseBytes,
  };
}

/** RFC 9110 5.5: a line end or null in a field value would let a mail write headers of its own. */
function headerValue(name: string, value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
    throw new UserError(
      'bad-header-value',
      `The value of the header "${name}" has a line end or control character in it.`,
    );
  }
  return value;
}

function failed(thrown: unknown, detail: StepDetail): { outcome: 'failure' | 'timeout'; detail: StepDetail } {
  const foreseen =
    thrown instanceof OperationalError || (thrown instanceof UserError && thrown.code === 'address-refused');
  if (!foreseen) throw thrown;
  const outcome = thrown.code === 'http-timeout' ? 'timeout' : 'failure';
  return { outcome, detail: { ...detail, reason: thrown.message } };
}

type Kept = { ok: true; variables: Record<string, unknown> } | { ok: false; reason: string };

/** The mapped parts of the answer. A part that is not there empties its variable; one that does not fit is a failure of the service. */
function keep(mappings: NonNullable<Settings['response']>, body: string, { coerce }: ExecutorContext): Kept {
  const variables: Record<string, unknown> = Object.create(null);
  if (mappings.length === 0) return { ok: true, variables };
  let answer: unknown;
  try {
    answer = JSON.parse(body);
  } catch (thrown) {
    return { ok: false, reason: `The service's answer is not JSON: ${coerceError(thrown).message}` };
  }
  for (const { variable, pointer } of mappings) {
    try {
      variables[variable] = coerce(variable, resolvePointer(answer, pointer));
    } catch (thrown) {
      if (!(thrown instanceof UserError && thrown.code === 'wrong-variable-type')) throw thrown;
      return { ok: false, reason: thrown.message };
    }
  }
  return { ok: true, variables };
}

function shown(variables: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, boundedCopy(value)]));
}

/** The URL for the record: without password, and without the query, where services expect their keys. */
function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return url.slice(0, 500);
  const { origin, pathname, search } = new URL(url);
  return `${origin === 'null' ? '' : origin}${pathname}${search === '' ? '' : '?…'}`.slice(0, 500);
}
