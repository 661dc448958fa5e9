import { onTestFinished } from 'vitest';
import { createMailboxes, type Mailboxes } from '../../runtime/mailboxes/mailboxes.ts';
import type { startRooms } from '../intake/started-rooms.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { until } from '../support/until.ts';
import { quick } from './far-end.ts';
import { createSourceServices } from './source-services.ts';

/** The mailboxes of the settings at work on a real Dovecot, each with its starting point stored; stopped when the test ends. */
export async function startMailboxes(
  { intake, settings }: Pick<Awaited<ReturnType<typeof startRooms>>, 'intake' | 'settings'>,
  dovecot: Dovecot,
  ids: readonly string[],
  timing = quick,
): Promise<Mailboxes> {
  const mailboxes = createMailboxes({
    settings: { read: () => settings, open: () => dovecot.password, onChange: () => () => {} },
    token: () => Promise.reject(new Error('no authorisation is named')),
    accept: intake.accept,
    loadCursor: intake.loadCursor,
    services: createSourceServices(),
    log: { info() {}, warn() {} },
    onChange: () => {},
    receiver: null,
    timing,
  });
  onTestFinished(() => mailboxes.stop());
  await mailboxes.start();
  for (const id of ids) {
    await until('the starting point is stored', () => mailboxes.status(id).lastSuccessAt !== undefined);
  }
  return mailboxes;
}
