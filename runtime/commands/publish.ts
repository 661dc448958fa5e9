import type { CaseResult } from '../../schemas/api/cases.ts';
import type { FlowVersion } from '../../schemas/api/flows.ts';
import { linesOfComparison } from '../../schemas/compare/change-words.ts';
import { compareFlows } from '../../schemas/compare/compare-flows.ts';
import { coerceError, UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import { describeLogic } from '../../schemas/wording/describe-logic.ts';
import { differenceInWords } from '../cases/expectation.ts';
import { namedServer, serverOptions } from './call-server.ts';
import type { Command, CommandIo } from './command.ts';
import { readNamedFile } from './read-file.ts';

/** Publishes a flow file on a running server, past the same checks and with the same git commit as in the designer. */
export const publish: Command = {
  summary: 'publish a flow file on a running server',
  usage: 'flow.json',
  options: {
    message: 'what changed and why, for the history',
    'override-cases': 'why to publish although cases differ (administrators)',
    ...serverOptions,
  },
  async run({ files, json, options }, io) {
    const [file] = files;
    if (file === undefined || files.length > 1) {
      io.err('sluice publish: name one flow file');
      return 2;
    }
    const server = namedServer(options, io);
    const document = await readDocument(file, io);
    const path = `/api/flows/${encodeURIComponent(String(document.id))}`;
    const present = await server.call('GET', path);
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
    const response = await server.call('POST', `${path}/publish`, body);
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
