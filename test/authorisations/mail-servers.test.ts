import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { credentialsOf, type GetCredentials } from '../../runtime/authorisations/credentials.ts';
import { verifyImap } from '../../runtime/mailboxes/imap/verify.ts';
import { createImapSource } from '../../runtime/mailboxes/imap.ts';
import { verifyPop3 } from '../../runtime/mailboxes/pop3/verify.ts';
import { createPop3Source } from '../../runtime/mailboxes/pop3.ts';
import type { Source } from '../../runtime/mailboxes/source.ts';
import { createFarEnd, type FarEnd, imapMailbox, pop3Mailbox } from '../mailboxes/far-end.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type IdentityProvider, startIdentityProvider } from '../support/identity-provider.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { openRig, type Rig, redirectUri } from './rig.ts';

let folder: string;
let provider: IdentityProvider;
let dovecot: Dovecot;
let rig: Rig;
let farEnd: FarEnd;
let source: Source | undefined;
let credentials: GetCredentials;

const timing = {
  pollMs: 200,
  quietMs: 5_000,
  retry: { firstMs: 50, longestMs: 200 },
  retryFailed: { firstMs: 60_000, longestMs: 60_000 },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-provider-'));
  provider = await startIdentityProvider(folder, [redirectUri]);
  dovecot = await startDovecot({ introspectionUrl: provider.introspectionUrl });
});
afterAll(async () => {
  await dovecot.stop();
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  provider.intercept = () => false;
  rig = await openRig(provider);
  await rig.add(rig.grant('authorization-code'));
  await rig.signIn();
  farEnd = createFarEnd();
  credentials = credentialsOf(
    { username: 'anna', authorisation: 'mine' },
    { open: rig.settings.open, token: rig.authorisations.token },
  );
});
afterEach(async () => {
  await source?.stop();
  source = undefined;
  await rig.close();
});

const reading = () =>
  until('reading', () => farEnd.status.state === 'connected' && farEnd.status.lastSuccessAt !== undefined);

describe.each(['imap', 'pop3'] as const)('%s by token on a real server', (type) => {
  const mailbox = () => (type === 'imap' ? imapMailbox(dovecot, 'anna') : pop3Mailbox(dovecot, 'anna'));
  const start = () => {
    const context = { ...farEnd.context(mailbox()), credentials };
    source = type === 'imap' ? createImapSource(context, timing) : createPop3Source(context, timing);
    source.start();
  };

  test('mail is taken, also after the token has ended and the sessions were cut', async () => {
    start();
    await reading();
    await dovecot.deliver('anna', makeMail({ subject: 'Before' }));
    await farEnd.waitForMails(1);
    const asked = provider.calls.length;

    provider.revokeTokens();
    await dovecot.kick('anna').catch(() => {});
    await dovecot.deliver('anna', makeMail({ subject: 'After' }));
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['Before', 'After']);
    expect(provider.calls.length - asked).toBeGreaterThanOrEqual(1);
    expect(farEnd.statuses.map(({ state }) => state)).not.toContain('failed');
    expect(rig.warnings).toEqual([]);
  });

  test('a token that is never good is replaced once, then waits for a person', async () => {
    await rig.token();
    const asked = provider.calls.length;
    credentials = async (refused) => {
      await rig.token(refused?.kind === 'token' ? await rig.token() : undefined);
      return { kind: 'token', username: 'anna', token: 'no-good-token', expiresAt: 0 };
    };

    start();
    await farEnd.waitForState('failed');

    expect(farEnd.status.lastError).toMatchObject({ code: 'token-refused' });
    expect(provider.calls.length - asked).toBe(1);
    expect(JSON.stringify(farEnd.statuses)).not.toContain('no-good-token');
  });

  test('verify says that the mailbox is open, or that the authorisation is the trouble', async () => {
    const verify = () => (type === 'imap' ? verifyImap(mailbox(), credentials) : verifyPop3(mailbox(), credentials));
    const good = await verify();
    credentials = credentialsOf(
      { username: 'anna', authorisation: 'gone' },
      { open: rig.settings.open, token: rig.authorisations.token },
    );

    const bad = await verify();

    expect(good).toMatchObject({ ok: true });
    expect(bad.steps).toMatchObject([
      { name: 'Authorise', ok: false, message: expect.stringMatching(/no authorisation "gone"/) },
    ]);
  });
});
