import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import type { Command } from './command.ts';

/** Publishes a flow file on a running server, past the same checks and with the same git commit as in the designer. */
export const publish: Command = {
  summary: 'publish a flow file on a running server',
  usage: 'flow.json',
  options: {
    message: 'what changed and why, for the history',
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
    const document = await readDocument(resolve(io.cwd, file));
    const base = options.url ?? io.env.SLUICE_URL ?? `http://127.0.0.1:${io.env.SLUICE_PORT ?? 3000}`;
    const url = new URL(`/api/flows/${encodeURIComponent(String(document.id))}/publish`, base);
    const body = JSON.stringify({ document, message: options.message ?? `Publish ${file}` });
    const response = await post(url, token, body);
    const answer: unknown = await response.json().catch(() => ({}));
    if (json) io.out(JSON.stringify(answer));
    if (!response.ok) {
      io.err(`sluice publish: ${problemInWords(answer, response.status)}`);
      return 1;
    }
    if (!json) io.out(`${file}: published as version ${Reflect.get(Object(answer), 'version')}`);
    return 0;
  },
};

async function readDocument(path: string): Promise<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof document === 'object' && document !== null && 'id' in document) return { ...document };
  } catch (cause) {
    throw new UserError('flow-unreadable', `${path} is not a flow file: ${coerceError(cause).message}`, { cause });
  }
  throw new UserError('flow-unreadable', `${path} is not a flow file: it has no "id".`);
}

async function post(url: URL, token: string, body: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
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
  return `${Reflect.get(problem, 'detail') ?? `the server answered ${status}`}${list}`;
}
