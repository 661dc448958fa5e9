import { setTimeout as pause } from 'node:timers/promises';
import type { RetentionCounts, RetentionRun, RetentionView } from '../../schemas/api/retention.ts';
import { UserError } from '../../schemas/errors.ts';
import { type RetentionRules, retentionKinds } from '../../schemas/retention.ts';
import { type NamedServer, namedServer, serverOptions } from './call-server.ts';
import type { Command, CommandIo } from './command.ts';

const lookMs = 250;

/** What the rules of a running server would remove, or have them carried out now rather than at night. */
export const retention: Command = {
  summary: 'count what the retention rules of a running server would remove; with "run", remove it now',
  usage: '[run]',
  options: serverOptions,
  async run({ files, json, options }, io) {
    const [what, ...more] = files;
    if (more.length > 0 || (what !== undefined && what !== 'run')) {
      io.err('sluice retention: takes "run", or nothing to count only');
      return 2;
    }
    const server = namedServer(options, io);
    if (what === 'run') return removeNow(server, json, io);
    const { rules, nextAt, runs } = await answerOf<RetentionView>(server.call('GET', '/api/retention'));
    const { counts } = await answerOf<{ counts: RetentionCounts }>(
      server.call('POST', '/api/retention/preview', { rules }),
    );
    const [lastRun = null] = runs;
    if (json) io.out(JSON.stringify({ rules, counts, nextAt, lastRun }));
    else for (const line of linesOf(rules, counts, nextAt)) io.out(line);
    if (!json && lastRun !== null && lastRun.error !== '') io.out(`last night: ${lastRun.error}`);
    return 0;
  },
};

async function removeNow(server: NamedServer, json: boolean, io: CommandIo): Promise<0 | 1> {
  const { id } = await answerOf<RetentionRun>(server.call('POST', '/api/retention/run', {}));
  let run: RetentionRun | undefined;
  do {
    await pause(lookMs);
    const { runs } = await answerOf<RetentionView>(server.call('GET', '/api/retention'));
    run = runs.find((each) => each.id === id);
  } while (run?.state === 'running');
  if (run === undefined) throw new UserError('run-unknown', 'The server does not know the run any more.');
  if (json) io.out(JSON.stringify(run));
  else for (const kind of retentionKinds) io.out(`${kind}: ${run.removed[kind]} removed`);
  if (run.state === 'failed') io.err(`sluice retention: ${run.error}`);
  return run.state === 'done' ? 0 : 1;
}

function linesOf(rules: RetentionRules, counts: RetentionCounts, nextAt: string | null): string[] {
  const lines = retentionKinds.map((kind) => {
    const days = rules[kind];
    return days === null ? `${kind}: kept for ever` : `${kind}: ${counts[kind]} (kept ${days} days)`;
  });
  return [...lines, nextAt === null ? 'nothing is removed: there is no rule' : `removed at ${nextAt}`];
}

async function answerOf<T>(response: Promise<Response>): Promise<T> {
  const { ok, status, ...rest } = await response.then(async (each) => ({
    ok: each.ok,
    status: each.status,
    answer: await each.json().catch(() => ({})),
  }));
  if (ok) {
    // The shape is what the server documents.
    return rest.answer as T;
  }
  throw new UserError('refused', String(Reflect.get(Object(rest.answer), 'detail') ?? `the server answered ${status}`));
}
