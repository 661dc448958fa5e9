import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withPassword } from '../../runtime/authorisations/credentials.ts';
import { formatCursor, parseCursor } from '../../runtime/mailboxes/pop3/cursor.ts';
import { verifyPop3 } from '../../runtime/mailboxes/pop3/verify.ts';
import { createPop3Source } from '../../runtime/mailboxes/pop3.ts';
import type { Source } from '../../runtime/mailboxes/source.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { type CuttingProxy, startCuttingProxy } from '../support/cutting-proxy.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { makeMail, makeMailWithAttachment } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { createFarEnd, type FarEnd, pop3Mailbox } from './far-end.ts';

let dovecot: Dovecot;
let farEnd: FarEnd;
let source: Source | undefined;
let proxy: CuttingProxy | undefined;

beforeEach(async () => {
  dovecot = await startDovecot();
  farEnd = createFarEnd();
  proxy = undefined;
});
afterEach(async () => {
  await source?.stop();
  await proxy?.stop();
  await dovecot.stop();
});

function mailboxWith(change: Partial<NonNullable<Mailbox['pop3']>>, own: Partial<Mailbox> = {}): Mailbox {
  const mailbox = pop3Mailbox(dovecot, 'anna', own);
  return { ...mailbox, ...(mailbox.pop3 && { pop3: { ...mailbox.pop3, ...change } }) };
}

async function start(mailbox: Mailbox): Promise<void> {
  source = createPop3Source(farEnd.context(mailbox), {
    pollMs: 100,
    quietMs: 2_000,
    retry: { firstMs: 50, longestMs: 100 },
  });
  source.start();
  await until('reading', () => farEnd.status.state === 'connected' && farEnd.status.lastSuccessAt !== undefined);
}

const onServer = async () => (await dovecot.fetch('anna', 'INBOX', ['uid'])).length;
const deliver = (subject: string) => dovecot.deliver('anna', makeMail({ subject }));
/** A look that began after now has ended. */
const nextLook = async () => {
  const before = farEnd.statuses.length;
  await until('two more looks', () => farEnd.statuses.slice(before).filter((s) => s.state === 'connected').length > 2);
};

describe('encryption', () => {
  test.each([
    ['tls', 'pop3s'],
    ['starttls', 'pop3'],
  ] as const)('%s works with a private authority', async (security, port) => {
    const server = { host: 'localhost', port: dovecot.ports[port], security, ca: dovecot.ca };

    await start(mailboxWith(server));
    await deliver('Encrypted');

    await farEnd.waitForMails(1);
  });
});

describe('what becomes of mails on the server', () => {
  test('they stay unless somebody says otherwise, and are not taken again', async () => {
    await start(mailboxWith({}));
    await deliver('Stays');
    await farEnd.waitForMails(1);
    await nextLook();

    expect(await onServer()).toBe(1);
    expect(farEnd.subjects()).toEqual(['Stays']);
  });

  test('at once: deleted after the commit, but nothing that was there before or is too large', async () => {
    await deliver('Before');
    await start(mailboxWith({ deleteAfterDays: 0 }, { maxBytes: 1_048_576 }));

    await dovecot.deliver('anna', makeMailWithAttachment(1, { subject: 'Too large' }));
    await deliver('Goes');
    await farEnd.waitForMails(2);
    await until('deleted', async () => (await onServer()) === 2);
    await nextLook();

    expect(await onServer()).toBe(2);
    expect(farEnd.subjects()).toEqual(['Too large', 'Goes']);
  });

  test('after days: deleted once they are over', async () => {
    const mailbox = mailboxWith({ deleteAfterDays: 3 });
    await start(mailbox);
    await deliver('Old by then');
    await farEnd.waitForMails(1);
    await nextLook();
    const kept = await onServer();
    await source?.stop();
    const cursor = parseCursor(farEnd.cursors.get('') ?? '');
    for (const mail of cursor.taken.values()) mail.at -= 3 * 86_400;
    farEnd.cursors.set('', formatCursor(cursor));

    await start(mailbox);
    await until('deleted', async () => (await onServer()) === 0);

    expect(kept).toBe(1);
  });

  test('nothing is deleted that the store refused', async () => {
    await start(mailboxWith({ deleteAfterDays: 0 }));
    farEnd.beforeCommit = (mails) => {
      if (mails.length > 0) throw new Error('the disk is full');
    };
    await deliver('Kept');
    await farEnd.waitForState('retrying');
    const during = await onServer();
    farEnd.beforeCommit = () => {};
    await farEnd.waitForMails(1);

    expect(during).toBe(1);
    await until('deleted in the end', async () => (await onServer()) === 0);
  });
});

describe('a session that is cut', () => {
  test('in the middle of a mail loses and doubles nothing', async () => {
    proxy = await startCuttingProxy(dovecot.ports.pop3, { command: /^RETR/m, afterBytes: 3_000, times: 2 });
    await start(mailboxWith({ port: proxy.port }));

    await dovecot.fill('anna', [
      makeMail({ subject: 'Small' }),
      makeMailWithAttachment(0.1, { subject: 'Large' }),
      makeMail({ subject: 'Last' }),
    ]);
    await farEnd.waitForMails(3);
    await nextLook();

    expect(proxy.cuts).toBe(2);
    expect(farEnd.subjects()).toEqual(['Small', 'Large', 'Last']);
  });

  test('after DELE and before QUIT deletes nothing, and is simply repeated', async () => {
    await start(mailboxWith({ deleteAfterDays: 0 }));
    await source?.stop();
    proxy = await startCuttingProxy(dovecot.ports.pop3, { command: /^QUIT/m, afterBytes: 0, times: 1 });
    await deliver('Deleted twice over');
    source = createPop3Source(farEnd.context(mailboxWith({ deleteAfterDays: 0, port: proxy.port })), {
      pollMs: 100,
      retry: { firstMs: 500, longestMs: 1_000 },
    });
    source.start();
    await until('cut', () => proxy?.cuts === 1);
    const afterCut = await onServer();
    await until('deleted', async () => (await onServer()) === 0);

    expect(afterCut).toBe(1);
    expect(farEnd.subjects()).toEqual(['Deleted twice over']);
  });
});

describe('verifying a POP3 mailbox', () => {
  const tls = () => ({ host: 'localhost', port: dovecot.ports.pop3s, security: 'tls' as const, ca: dovecot.ca });

  test('tells every step, and what will become of the mails', async () => {
    await deliver('One');

    const report = await verifyPop3(mailboxWith({ ...tls(), deleteAfterDays: 14 }), withPassword('anna', 'secret'));

    expect(report.ok).toBe(true);
    expect(report.steps.map(({ name }) => name)).toEqual([
      'Connect',
      'Encryption',
      'Log in',
      'Mails',
      'Tell mails apart',
      'After taking',
    ]);
    expect(report.steps[3]?.message).toBe('1 mail is there.');
    expect(report.steps[5]?.message).toContain('14 days');
    expect(await onServer()).toBe(1);
  });

  test('says what to do: wrong password, no TLS, closed port, open text, another protocol', async () => {
    const last = async (change: object, password = 'secret') =>
      (
        await verifyPop3(mailboxWith(change), withPassword('anna', password), { quietMs: 2_000, wholeMs: 5_000 })
      ).steps.at(-1);

    const wrong = await last(tls(), 'nope');
    const noTls = await last({ security: 'tls' });
    const closed = await last({ port: await freePort() });
    const open = await last({ host: 'pop.example.test' });
    const imap = await last({ port: dovecot.ports.imap });

    expect(wrong).toMatchObject({ name: 'Log in', ok: false });
    expect(wrong?.message).toMatch(/Check the user name and the password/);
    expect(noTls?.message).toMatch(/does not speak TLS.*995/);
    expect(closed?.message).toMatch(/refuses connections.*995/);
    expect(open?.message).toMatch(/Choose TLS or STARTTLS/);
    expect(imap?.message).toMatch(/does not speak POP3/);
  });
});
