import { afterEach, describe, expect, test } from 'vitest';
import type { Source } from '../../runtime/mailboxes/source.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { createFarEnd, imapMailbox, quick, startReading } from './far-end.ts';

let dovecot: Dovecot;
let source: Source | undefined;

afterEach(async () => {
  await source?.stop();
  await dovecot.stop();
});

describe('new mail is noticed', () => {
  test('by IDLE, without any poll', async () => {
    dovecot = await startDovecot();
    const farEnd = createFarEnd();
    source = await startReading(farEnd, imapMailbox(dovecot, 'anna'));

    await dovecot.deliver('anna', makeMail({ subject: 'First' }));
    await farEnd.waitForMails(1);
    await dovecot.deliver('anna', makeMail({ subject: 'Second' }));
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['First', 'Second']);
  });

  test.each(['hidden', 'broken'] as const)('by the poll, where IDLE is %s', async (idle) => {
    dovecot = await startDovecot({ idle });
    const farEnd = createFarEnd();
    source = await startReading(farEnd, imapMailbox(dovecot, 'anna'), { ...quick, pollMs: 100 });

    await dovecot.deliver('anna', makeMail({ subject: 'First' }));
    await farEnd.waitForMails(1);

    expect(farEnd.subjects()).toEqual(['First']);
  });

  test('at once when somebody asks, where IDLE is broken and the next poll is far away', async () => {
    dovecot = await startDovecot({ idle: 'broken' });
    const farEnd = createFarEnd();
    source = await startReading(farEnd, imapMailbox(dovecot, 'anna'));

    await dovecot.deliver('anna', makeMail());
    source.wake();

    await farEnd.waitForMails(1);
  });

  test('in every folder: non-ASCII ones too, and those without IDLE by the poll', async () => {
    dovecot = await startDovecot();
    const folders = ['INBOX', 'Kundenanfragen/Größe & Maß', '日本語'];
    for (const folder of folders) await dovecot.createFolder('anna', folder);
    const farEnd = createFarEnd();
    source = await startReading(farEnd, imapMailbox(dovecot, 'anna', { folders }), { ...quick, pollMs: 200 });

    for (const folder of folders)
      await dovecot.deliverTo('anna', folder, makeMail({ subject: `In ${folders.indexOf(folder)}` }));
    await farEnd.waitForMails(3);

    expect(farEnd.mails.map(({ folder }) => folder).sort()).toEqual([...folders].sort());
    expect(farEnd.subjects().sort()).toEqual(['In 0', 'In 1', 'In 2']);
  });
});
