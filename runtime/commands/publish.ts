import type { CaseResult } from '../../schemas/api/cases.ts';
import type { FlowVersion } from '../../schemas/api/flows.ts';
import { linesOfComparison } from '../../schemas/compare/change-words.ts';
import { compareFlows } from '../../schemas/compare/compare-flows.ts';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import { describeLogic } from '../../schemas/wording/describe-logic.ts';
import { differenceInWords } from '../cases/expectation.ts';
import type { Command, CommandIo } from './command.ts';
import { readNamedFile } from './read-file.ts';

/** Publishes a flow file on a running server, past the same checks and with the same git commit as in the designer. */
export const publish: Command = {
  summary: 'publish a flow file on a running server',
  usage: 'flow.json',
  options: {
    message: 'what changed and why, for the history',
    'override-cases': 'why to publish although cases differ (administrators)',
    url: 'address of the server (default: SLUICE_URL, or this machine at SLUICE_PORT)',
    token: 'bearer token (default: SLUICE_TOKEN, then SLUICE_ADMIN_TOKEN)',
  },
  async run({ files, json, options }, io) {
    const [file] = files;
    if (file === undefined || files.length > 1) {
      io.err('sluice publish: name one flow file');
      return 2;
    }
    const token = options.token ?? io.env.SLUICE_TOKEN ?? io.env.SLUICE_ADMIN_TOKEN;
    if (token === undefined) {
      io.err('sluice publish: a token is needed: set SLUICE_TOKEN, or make one under Settings, Tokens');
      return 2;
    }
    const document = await readDocument(file, io);
    const base = options.url ?? io.env.SLUICE_URL ?? `http://127.0.0.1:${io.env.SLUICE_PORT ?? 3000}`;
    const url = URL.parse(`/api/flows/${encodeURIComponent(String(document.id))}`, base);
    if (url === null) {
      io.err(`sluice publish: "${base}" is no address of a server; it should look like http://127.0.0.1:3000`);
      return 2;
    }
    const present = await call('GET', url, token);
    if (!present.ok && present.status !== 404) {
      io.err(`sluice publish: ${problemInWords(await present.json().catch(() => ({})), present.status)}`);
      return 1;
    }
    // The shape is what the server documents.
    const published = present.ok ? ((await present.json()) as FlowVersion) : null;
    const changes = published === null ? ['+ first version'] : changesSince(published, document);
    if (!json) for (const line of changes) io.out(line);
    const body = {
      document,
      message: options.message ?? `Publish ${file}`,
      baseVersion: published?.version ?? null,
      overrideCases: options['override-cases'],
    };
    const response = await call('POST', new URL(`${url.pathname}/publish`, url), token, body);
    const answer: unknown = await response.json().catch(() => ({}));
    if (json) io.out(JSON.stringify({ ...Object(answer), changes }));
    if (!response.ok) {
      io.err(`sluice publish: ${problemInWords(answer, response.status)}`);
      return 1;
    }
    if (!json) io.out(`${file}: published as version ${Reflect.get(Object(answer), 'version')}`);
    return 0;
  },
};

/** What goes live, a line for each change. The server publishes it only if nobody else published since. */
function changesSince({ document: before }: FlowVersion, document: Record<string, unknown>): string[] {
  // A file may be wrong in every way; comparing takes whatever there is, and the server says what is wrong.
  const after = document as unknown as Flow;
  const comparison = compareFlows(before, after);
  if (comparison.isSameLogic) return ['every mail is treated as before'];
  return linesOfComparison(comparison, { before, after }, { logic: describeLogic, queue: (id) => id });
}

async function readDocument(file: string, io: CommandIo): Promise<Record<string, unknown>> {
  const bytes = await readNamedFile(file, io);
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new UserError('flow-unreadable', `${file} is not JSON: ${coerceError(cause).message}.`, { cause });
  }
  if (typeof document === 'object' && document !== null && 'id' in document) return { ...document };
  throw new UserError('flow-unreadable', `${file} is not a flow file: it has no "id".`);
}

async function call(method: 'GET' | 'POST', url: URL, token: string, body?: object): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
  } catch (cause) {
    throw new OperationalError('server-away', `No answer from ${url.origin}. Is Sluice running there?`, { cause });
  }
}

function problemInWords(answer: unknown, status: number): string {
  const problem = Object(answer);
  const issues: unknown = Reflect.get(problem, 'issues');
  const list = Array.isArray(issues)
    ? issues.map((issue) => `\n  ${issue.path || '/'}: ${issue.message}`).join('')
    : '';
  const cases: unknown = Reflect.get(problem, 'cases');
  const differing = Array.isArray(cases) ? cases.map(caseInWords).join('') : '';
  return `${Reflect.get(problem, 'detail') ?? `the server answered ${status}`}${list}${differing}`;
}

function caseInWords({ name, problem, differences }: CaseResult): string {
  const lines = problem === '' ? differences.map(differenceInWords) : [problem];
  return lines.map((line) => `\n  ${name}: ${line}`).join('');
}
