import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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

const inFolder = async (user: string, folder: string) => (await dovecot.fetch(user, folder, ['uid'])).length;
const polling = { ...quick, pollMs: 100 };

test('a taken mail is moved after it was stored; one that was shortened stays, marked as read', async () => {
  await dovecot.createFolder('mover', 'Erledigt & später');
  const farEnd = createFarEnd();
  const afterTaking = { action: 'move', folder: 'Erledigt & später' } as const;
  source = await startReading(farEnd, imapMailbox(dovecot, 'mover', { afterTaking, maxBytes: 1_048_576 }));
  const moved: number[] = [];
  farEnd.beforeCommit = async (mails) => {
    if (mails.length > 0) moved.push(await inFolder('mover', afterTaking.folder));
  };

  await dovecot.deliver('mover', makeMail({ subject: 'Goes' }));
  await farEnd.waitForMails(1);
  await until('moved', async () => (await inFolder('mover', afterTaking.folder)) === 1);
  await dovecot.deliver('mover', makeMailWithAttachment(1, { subject: 'Large' }));
  await farEnd.waitForMails(2);
  await until('marked as read', async () =>
    (await dovecot.fetch('mover', 'INBOX', ['uid', 'flags'])).some(({ flags }) => flags?.includes('\\Seen')),
  );

  expect(moved[0]).toBe(0);
  expect(await inFolder('mover', 'INBOX')).toBe(1);
  expect(farEnd.status.problems).toBeUndefined();
});

test('a taken mail is deleted, and what somebody else marked as deleted is not', async () => {
  await dovecot.deliver('deleter', makeMail({ subject: 'Not ours' }));
  await dovecot.addFlag('deleter', 'INBOX', 1, '\\Deleted');
  const farEnd = createFarEnd();
  source = await startReading(farEnd, imapMailbox(dovecot, 'deleter', { afterTaking: { action: 'delete' } }));

  await dovecot.deliver('deleter', makeMail({ subject: 'Goes' }));
  await farEnd.waitForMails(1);
  await until('deleted', async () => (await inFolder('deleter', 'INBOX')) === 1);

  expect((await dovecot.fetch('deleter', 'INBOX', ['uid'])).map(({ uid }) => uid)).toEqual(['1']);
});

test('what a crash left undone is done at the next start; a folder that is not there is told, and costs no mail', async () => {
  const farEnd = createFarEnd();
  const mailbox = imapMailbox(dovecot, 'undone', { afterTaking: { action: 'move', folder: 'Done' } });
  source = await startReading(farEnd, mailbox, polling);

  await dovecot.deliver('undone', makeMail({ subject: 'One' }));
  await until('told', () => farEnd.status.problems?.[0]?.code === 'not-moved');
  const { state } = farEnd.status;
  await source.stop();
  await dovecot.createFolder('undone', 'Done');
  source = await startReading(farEnd, mailbox, polling);
  await until('moved', async () => (await inFolder('undone', 'Done')) === 1);
  await until('all is well', () => farEnd.status.problems === undefined);

  expect([state, farEnd.subjects()]).toEqual(['connected', ['One']]);
});

test('mails of the last days are taken once at the first contact, the older ones never', async () => {
  await dovecot.fill('backfill', [makeMail({ subject: 'Old' })]);
  await dovecot.ageMails('backfill', 10 * 86_400);
  for (const subject of ['Recent', 'Today']) await dovecot.deliver('backfill', makeMail({ subject }));
  const farEnd = createFarEnd();
  const mailbox = imapMailbox(dovecot, 'backfill', { takeDays: 3 });

  source = await startReading(farEnd, mailbox);
  await farEnd.waitForMails(2);
  await source.stop();
  source = await startReading(farEnd, mailbox, polling);
  await dovecot.deliver('backfill', makeMail({ subject: 'New' }));
  await farEnd.waitForMails(3);
  await dovecot.changeUidValidity('backfill');
  await until('compared', () => farEnd.warnings.some((text) => text.includes('numbered')));
  await dovecot.deliver('backfill', makeMail({ subject: 'Newer' }));
  await farEnd.waitForMails(4);

  expect(farEnd.subjects()).toEqual(['Recent', 'Today', 'New', 'Newer']);
  const flags = (await dovecot.fetch('backfill', 'INBOX', ['uid', 'flags'])).map((mail) => mail.flags ?? '');
  expect(flags.filter((each) => !each.includes('\\Seen'))).toHaveLength(1);
});

test('a folder that was renamed is told by its new name, and the others go on', async () => {
  await dovecot.createFolder('renamer', 'Anfragen');
  const farEnd = createFarEnd();
  source = await startReading(farEnd, imapMailbox(dovecot, 'renamer', { folders: ['INBOX', 'Anfragen'] }), polling);

  await dovecot.renameFolder('renamer', 'Anfragen', 'Kundenanfragen');
  await until('told', () => farEnd.status.problems !== undefined);
  await dovecot.deliver('renamer', makeMail({ subject: 'Still taken' }));
  await farEnd.waitForMails(1);

  expect(farEnd.status.problems?.[0]?.message).toMatch(/"Anfragen" is not .* called "Kundenanfragen" now/);
});
