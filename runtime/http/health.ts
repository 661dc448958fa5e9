import type { Express } from 'express';
import { coerceError } from '../../schemas/errors.ts';
import type { Services } from './services.ts';

/** A commit that waits longer than this is as good as none for whoever balances load. */
const deadlineMs = 5_000;

/** Anybody may ask, and each look costs a flush to disk: one answer serves all who ask within this time. */
const keptMs = 2_000;

type Needed = Pick<Services, 'store' | 'isTakingMail' | 'alarms' | 'clock' | 'log'>;

/**
 * `/health/live`: the process answers. `/health/ready`: it can take mail, that is the store can be written and mail is being taken.
 * Both are open to everybody and say no more than that.
 */
export function registerHealth(app: Express, services: Needed): void {
  let store: { since: number; writable: Promise<boolean> } | undefined;

  app.get('/health/live', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'ok' });
  });

  app.get('/health/ready', async (_request, response) => {
    const now = services.clock.now();
    if (store === undefined || now - store.since >= keptMs) store = { since: now, writable: isWritable(services) };
    const checks = { store: await store.writable, intake: services.isTakingMail() };
    // Only how many: names of mailboxes are not for everybody.
    const alarms = checks.store ? (await services.alarms.open()).length : undefined;
    const ready = checks.store && checks.intake;
    response
      .status(ready ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: ready ? 'ok' : 'not-ready', checks, alarms });
  });
}

/** Writes and takes back a row: a statement that changes nothing would succeed on a full disk. */
async function isWritable({ store, clock, log }: Needed): Promise<boolean> {
  const write = store.commit(async (tx) => {
    const row = { hash: 'health', user: '', created_at: clock.now(), expires_at: 0 };
    await tx.insertInto('sessions').values(row).execute();
    await tx.deleteFrom('sessions').where('hash', '=', row.hash).execute();
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no commit within ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    await Promise.race([write, late]);
    return true;
  } catch (thrown) {
    log.warn({ error: coerceError(thrown) }, 'Not ready: the store could not be written');
    return false;
  } finally {
    clearTimeout(timer);
  }
}
