import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Source } from '../../runtime/mailboxes/source.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail, makeMailWithAttachment } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { createFarEnd, imapMailbox, quick, startReading } from './far-end.ts';

let dovecot: Dovecot;
let source: Source | undefined;

beforeAll(async () => {
  dovecot = await startDovecot();
});
afterEach(async () => {
  await source?.stop();
});
afterAll(async () => {
  await dovecot.stop();
});

const seen = async (user: string) =>
  (await dovecot.fetch(user, 'INBOX', ['uid', 'flags'])).filter(({ flags }) => flags?.includes('\\Seen')).length;

describe('what is taken from an IMAP mailbox', () => {
  test('is only what arrives after it was set up, and the place is stored at first contact', async () => {
    await dovecot.deliver('before', makeMail({ subject: 'Old' }));
    const farEnd = createFarEnd();
    const mailbox = imapMailbox(dovecot, 'before');

    source = await startReading(farEnd, mailbox);
    const stored = farEnd.cursors.get('INBOX');
    await source.stop();
    await dovecot.deliver('before', makeMail({ subject: 'While away' }));
    source = await startReading(farEnd, mailbox);
    await farEnd.waitForMails(1);

    expect(stored).toBeDefined();
    expect(farEnd.subjects()).toEqual(['While away']);
  });

  test('is the mail byte for byte, with the server key and arrival time', async () => {
    const farEnd = createFarEnd();
    source = await startReading(farEnd, imapMailbox(dovecot, 'exact'));
    const raw = makeMail({ subject: 'Exact' });

    await dovecot.deliverTo('exact', 'INBOX', raw);
    await farEnd.waitForMails(1);

    const [mail] = farEnd.mails;
    expect(Buffer.from(mail?.bytes ?? []).toString()).toBe(raw);
    expect(mail?.serverKey).toMatch(/^\d+:1$/);
    expect(Math.abs((mail?.receivedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(mail?.truncated).toBeUndefined();
  });

  test('is a mail that somebody has read before us, too', async () => {
    const farEnd = createFarEnd();
    const mailbox = imapMailbox(dovecot, 'colleague');
    source = await startReading(farEnd, mailbox);
    await source.stop();

    await dovecot.deliver('colleague', makeMail({ subject: 'Already read' }));
    await dovecot.addFlag('colleague', 'INBOX', 1, '\\Seen');
    source = await startReading(farEnd, mailbox);
    await farEnd.waitForMails(1);

    expect(farEnd.subjects()).toEqual(['Already read']);
  });

  test('is marked as read only after it was stored', async () => {
    const farEnd = createFarEnd();
    source = await startReading(farEnd, imapMailbox(dovecot, 'order'));
    const seenAtCommit: number[] = [];
    farEnd.beforeCommit = async (mails) => {
      if (mails.length > 0) seenAtCommit.push(await seen('order'));
    };

    await dovecot.deliver('order', makeMail());
    await farEnd.waitForMails(1);
    await until('marked as read', async () => (await seen('order')) === 1);

    expect(seenAtCommit).toEqual([0]);
  });

  test('stays unread on the server and comes again when it could not be stored', async () => {
    const farEnd = createFarEnd();
    source = await startReading(farEnd, imapMailbox(dovecot, 'full-disk'));
    let refused = 0;
    farEnd.beforeCommit = (mails) => {
      if (mails.length === 0 || refused >= 2) return;
      refused += 1;
      throw new Error('disk full');
    };

    await dovecot.deliver('full-disk', makeMail({ subject: 'Patience' }));
    await until('refused once', () => refused > 0);
    const unread = await seen('full-disk');
    await farEnd.waitForMails(1);

    expect(unread).toBe(0);
    expect(farEnd.subjects()).toEqual(['Patience']);
    expect(
      farEnd.statuses.some(({ state, lastError }) => state === 'retrying' && lastError?.message.includes('disk full')),
    ).toBe(true);
  });

  test('is marked as read after a crash between storing and marking', async () => {
    const farEnd = createFarEnd();
    const mailbox = imapMailbox(dovecot, 'crash');
    source = await startReading(farEnd, mailbox, { ...quick, retry: { firstMs: 60_000, longestMs: 60_000 } });
    const stopAfterCommit = Promise.withResolvers<void>();
    farEnd.beforeCommit = async (mails) => {
      if (mails.length > 0) {
        // The connection dies before the commit is answered: marking cannot happen.
        await dovecot.kick('crash');
        stopAfterCommit.resolve();
      }
    };
    await dovecot.deliver('crash', makeMail({ subject: 'Once' }));
    await stopAfterCommit.promise;
    await farEnd.waitForMails(1);
    await source.stop();
    const unread = await seen('crash');
    farEnd.beforeCommit = () => {};

    source = await startReading(farEnd, mailbox);
    await until('marked as read', async () => (await seen('crash')) === 1);

    expect(unread).toBe(0);
    expect(farEnd.subjects()).toEqual(['Once']);
  });

  test('is everything of a backlog, once and in order', async () => {
    const farEnd = createFarEnd();
    const mailbox = imapMailbox(dovecot, 'backlog');
    await dovecot.deliver('backlog', makeMail());
    source = await startReading(farEnd, mailbox);
    await source.stop();
    const subjects = Array.from({ length: 1_500 }, (_, i) => `Mail ${i}`);
    await dovecot.fill(
      'backlog',
      subjects.map((subject) => makeMail({ subject })),
    );

    source = await startReading(farEnd, mailbox);
    await farEnd.waitForMails(subjects.length);
    await until('all marked as read', async () => (await seen('backlog')) === subjects.length, 20_000);

    expect(new Set(farEnd.subjects())).toEqual(new Set(subjects));
    expect(farEnd.mails).toHaveLength(subjects.length);
    const uids = farEnd.mails.map(({ serverKey }) => Number(serverKey.split(':')[1]));
    expect(uids).toEqual([...uids].sort((a, b) => a - b));
    expect(farEnd.status.lag).toBe(0);
    expect(farEnd.status.newestTaken).toBe(farEnd.status.newestOnServer);
  });

  test('is a mail of 20 MB whole, and one over the limit shortened', async () => {
    const farEnd = createFarEnd();
    source = await startReading(farEnd, imapMailbox(dovecot, 'large', { maxBytes: 26_214_400 }));
    const large = makeMailWithAttachment(14.5, { subject: 'Large' });
    const tooLarge = makeMailWithAttachment(20, { subject: 'Too large' });

    await dovecot.deliverTo('large', 'INBOX', large);
    await dovecot.deliverTo('large', 'INBOX', tooLarge);
    await dovecot.deliverTo('large', 'INBOX', makeMail({ subject: 'Small' }));
    await farEnd.waitForMails(3);

    const first = farEnd.mails.find(({ bytes }) => bytes.byteLength > 20_000_000);
    const second = farEnd.mails.find(({ wholeSize }) => wholeSize !== undefined);
    const third = farEnd.mails[farEnd.subjects().indexOf('Small')];
    expect(large.byteLength).toBeGreaterThan(20_000_000);
    expect(Buffer.compare(Buffer.from(first?.bytes ?? []), large)).toBe(0);
    expect(second?.wholeSize).toBe(tooLarge.byteLength);
    expect(Buffer.from(second?.bytes ?? []).toString()).toMatch(/^From: .*Subject: Too large\r\n.*scan is attached/s);
    expect(second?.bytes.byteLength).toBeLessThan(2_000);
    expect(third?.truncated).toBeUndefined();
  });

  test('goes on after the newest mail was deleted by somebody', async () => {
    const farEnd = createFarEnd();
    const mailbox = imapMailbox(dovecot, 'deleted');
    source = await startReading(farEnd, mailbox);
    await dovecot.deliver('deleted', makeMail({ subject: 'One' }));
    await farEnd.waitForMails(1);

    await dovecot.expunge('deleted', 'INBOX', 1);
    await dovecot.deliver('deleted', makeMail({ subject: 'Two' }));
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['One', 'Two']);
  });
});
