import type { Kysely } from 'kysely';
import type { BacktestMail } from '../../schemas/api/backtest.ts';
import { OperationalError } from '../../schemas/errors.ts';
import type { Run } from '../../schemas/run.ts';
import { executors } from '../actions/index.ts';
import { createExpressions } from '../conditions/expressions.ts';
import type { EnginePorts } from '../engine/ports.ts';
import { runFlow } from '../engine/run-flow.ts';
import { wayToFlow } from '../intake/way-to-flow.ts';
import { createDirectory } from '../settings/directory.ts';
import type { Database } from '../store/database.ts';
import type { Comparison, Side } from './job.ts';
import { createRecordings } from './recordings.ts';
import { createReplay } from './replay.ts';
import type { StoredMail } from './stored-mails.ts';

/**
 * Runs the two sides of a comparison on one mail, at the moment at which it came. Where the published version is the one that ran, its
 * run on record is taken: that is what happened, with the answers that services gave.
 */
export function createRunBoth(
  read: Kysely<Database>,
  comparison: Comparison,
): (mail: StoredMail) => Promise<BacktestMail> {
  const recordingsOf = createRecordings(read);
  const modules = new Map(comparison.modules.map((module) => [module.flow.id, module]));
  const expressions = createExpressions(createDirectory({ read: () => comparison.directory }));

  async function run(side: Side, mail: StoredMail): Promise<{ run: Run; isUnrecorded: boolean }> {
    const replay = createReplay(await recordingsOf(mail.run), comparison.unrecorded);
    const way = wayToFlow(comparison, side.flow.id, mail.email, mail);
    const at = mail.run === null ? mail.receivedAt : Date.parse(mail.run.startedAt);
    const ports: EnginePorts = {
      // Time stands still at the mail's own moment: schedules answer as they did.
      clock: { now: () => at, monotonic: () => 0 },
      executors: { ...executors, 'data-action': replay.execute },
      expressions,
      flows: { published: (id) => modules.get(id) ?? null },
      http: () => Promise.reject(new OperationalError('http-failed', 'A backtest calls nobody.')),
    };
    const context = {
      interactionId: mail.id,
      receivedAt: new Date(mail.receivedAt).toISOString(),
      route: way.route,
      mailbox: way.origin ?? { id: mail.mailbox, name: mail.mailbox, address: '' },
      version: side.version,
    };
    return { run: await runFlow(side.flow, mail.email, context, ports), isUnrecorded: replay.isUnrecorded() };
  }

  return async (mail) => {
    const { published, draft, unrecorded } = comparison;
    const isRecorded = published === null || (mail.run !== null && isOf(mail.run, published));
    const before = isRecorded || published === null ? null : await run(published, mail);
    const after = await run(draft, mail);
    return {
      before: before === null ? mail.run : before.run,
      isRecorded: before === null && mail.run !== null,
      after: after.run,
      isSkipped: unrecorded === 'skip' && (after.isUnrecorded || before?.isUnrecorded === true),
    };
  };
}

function isOf(run: Run, { flow, version }: Side): boolean {
  return run.flow === flow.id && run.version === version;
}
