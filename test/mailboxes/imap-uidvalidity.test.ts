import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Source } from '../../runtime/mailboxes/source.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { createFarEnd, type FarEnd, imapMailbox, quick, startReading } from './far-end.ts';

let dovecot: Dovecot;
let farEnd: FarEnd;
let source: Source | undefined;

beforeEach(async () => {
  dovecot = await startDovecot();
  farEnd = createFarEnd();
});
afterEach(async () => {
  await source?.stop();
  await dovecot.stop();
});

const validity = () => JSON.parse(farEnd.cursors.get('INBOX') ?? '{}').validity;
const inRescan = () => JSON.parse(farEnd.cursors.get('INBOX') ?? '{}').rescan !== undefined;

describe('a folder whose mails were numbered anew (UIDVALIDITY changed)', () => {
  test('loses nothing and doubles nothing: old mail, taken mail and mail that came in between', async () => {
    const mailbox = imapMailbox(dovecot, 'anna');
    await dovecot.deliver('anna', makeMail({ subject: 'Before set-up' }));
    source = await startReading(farEnd, mailbox);
    await dovecot.deliver('anna', makeMail({ subject: 'Taken 1' }));
    await dovecot.deliver('anna', makeMail({ subject: 'Taken 2' }));
    await farEnd.waitForMails(2);
    await source.stop();
    const before = validity();

    await dovecot.deliver('anna', makeMail({ subject: 'In between' }));
    await dovecot.changeUidValidity('anna');
    source = await startReading(farEnd, mailbox);
    await farEnd.waitForMails(3);
    await dovecot.deliver('anna', makeMail({ subject: 'Afterwards' }));
    await farEnd.waitForMails(4);

    expect(validity()).not.toBe(before);
    expect(inRescan()).toBe(false);
    expect(farEnd.subjects()).toEqual(['Taken 1', 'Taken 2', 'In between', 'Afterwards']);
  });

  test('while it is being read', async () => {
    source = await startReading(farEnd, imapMailbox(dovecot, 'anna'));
    await dovecot.deliver('anna', makeMail({ subject: 'Taken' }));
    await farEnd.waitForMails(1);
    const before = validity();

    await dovecot.changeUidValidity('anna');
    await until('the new numbering is known', () => validity() !== before && !inRescan());
    await dovecot.deliver('anna', makeMail({ subject: 'Afterwards' }));
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['Taken', 'Afterwards']);
  });

  test('a second copy of a taken mail that came in between is a mail of its own', async () => {
    const mailbox = imapMailbox(dovecot, 'anna');
    const twice = makeMail({ subject: 'Twice' });
    source = await startReading(farEnd, mailbox);
    await dovecot.deliver('anna', twice);
    await farEnd.waitForMails(1);
    await source.stop();

    await dovecot.deliver('anna', twice);
    await dovecot.changeUidValidity('anna');
    source = await startReading(farEnd, mailbox);

    await farEnd.waitForMails(2);
  });

  test('with more taken mail than is remembered, and a backlog', async () => {
    const mailbox = imapMailbox(dovecot, 'anna');
    await dovecot.deliver('anna', makeMail());
    source = await startReading(farEnd, mailbox);
    await source.stop();
    await dovecot.fill(
      'anna',
      Array.from({ length: 300 }, (_, i) => makeMail({ subject: `Taken ${i}` })),
    );
    await dovecot.ageMails('anna', 3_600);
    source = await startReading(farEnd, mailbox);
    await farEnd.waitForMails(300);
    await source.stop();

    await dovecot.fill(
      'anna',
      Array.from({ length: 250 }, (_, i) => makeMail({ subject: `New ${i}` })),
    );
    await dovecot.changeUidValidity('anna');
    source = await startReading(farEnd, mailbox);
    await farEnd.waitForMails(550);
    await until('the comparison is over', () => !inRescan());

    expect(new Set(farEnd.subjects()).size).toBe(550);
    expect(farEnd.mails).toHaveLength(550);
  });

  test('after a mail that pretends to have arrived in the future', async () => {
    const mailbox = imapMailbox(dovecot, 'anna');
    source = await startReading(farEnd, mailbox);
    await source.stop();
    await dovecot.deliver('anna', makeMail({ subject: 'From the future' }));
    await dovecot.ageMails('anna', -90_000);
    await dovecot.fill(
      'anna',
      Array.from({ length: 150 }, (_, i) => makeMail({ subject: `Taken ${i}` })),
    );
    await dovecot.ageMails('anna', 3_600);
    source = await startReading(farEnd, mailbox);
    await farEnd.waitForMails(151);
    await source.stop();

    await dovecot.deliver('anna', makeMail({ subject: 'In between' }));
    await dovecot.changeUidValidity('anna');
    source = await startReading(farEnd, mailbox);
    await until('the new mail is taken', () => farEnd.subjects().includes('In between'));
  });

  test('by a server that has not kept arrival times', async () => {
    const mailbox = imapMailbox(dovecot, 'anna');
    await dovecot.fill(
      'anna',
      Array.from({ length: 150 }, (_, i) => makeMail({ subject: `Old ${i}` })),
    );
    await dovecot.ageMails('anna', 86_400);
    source = await startReading(farEnd, mailbox);
    await dovecot.deliver('anna', makeMail({ subject: 'Taken' }));
    await farEnd.waitForMails(1);
    await source.stop();

    await dovecot.deliver('anna', makeMail({ subject: 'In between' }));
    await dovecot.ageMails('anna', -7_200);
    await dovecot.changeUidValidity('anna');
    source = await startReading(farEnd, mailbox);
    await farEnd.waitForMails(2);
    await until('the comparison is over', () => !inRescan());

    expect(farEnd.subjects()).toEqual(['Taken', 'In between']);
  });

  test('another account under the same mailbox starts afresh', async () => {
    source = await startReading(farEnd, imapMailbox(dovecot, 'anna'));
    await dovecot.deliver('anna', makeMail({ subject: 'Anna' }));
    await farEnd.waitForMails(1);
    await source.stop();
    await dovecot.deliver('berta', makeMail({ subject: 'Old mail of Berta' }));

    source = await startReading(farEnd, imapMailbox(dovecot, 'berta'), quick);
    await until('a fresh place', () => JSON.parse(farEnd.cursors.get('INBOX') ?? '{}').account === 'berta');
    await dovecot.deliver('berta', makeMail({ subject: 'New mail of Berta' }));
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['Anna', 'New mail of Berta']);
    expect(farEnd.mails[1]?.serverKey).toMatch(/^\d+\.1:\d+$/);
  });
});

describe('a server that was restored from its backup', () => {
  test.each([
    ['before its next mail', 0],
    ['and took as many new mails as it lost, before it is reached again', 3],
    ['and took more new mails than it lost, before it is reached again', 5],
  ])('%s gives numbers a second time: no new mail counts as taken, none is taken twice', async (_when, meanwhile) => {
    const mailbox = imapMailbox(dovecot, 'anna');
    source = await startReading(farEnd, mailbox);
    for (const subject of ['Taken 1', 'Taken 2']) await dovecot.deliver('anna', makeMail({ subject }));
    await farEnd.waitForMails(2);
    const restore = await dovecot.backUp('anna');
    for (const subject of ['Lost 1', 'Lost 2', 'Lost 3']) await dovecot.deliver('anna', makeMail({ subject }));
    await farEnd.waitForMails(5);
    await source.stop();
    await new Promise((resolve) => setTimeout(resolve, 3_000));

    await restore();
    const news = Array.from({ length: meanwhile }, (_, i) => `New ${i}`);
    for (const subject of news) await dovecot.deliver('anna', makeMail({ subject }));
    source = await startReading(farEnd, mailbox);
    await dovecot.deliver('anna', makeMail({ subject: 'Afterwards' }));
    await farEnd.waitForMails(5 + meanwhile + 1);

    expect(farEnd.subjects()).toEqual(['Taken 1', 'Taken 2', 'Lost 1', 'Lost 2', 'Lost 3', ...news, 'Afterwards']);
    expect(inRescan()).toBe(false);
  });
});
