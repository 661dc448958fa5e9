import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMailboxes, type Mailboxes } from '../../runtime/mailboxes/mailboxes.ts';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { imapMailbox, quick } from './far-end.ts';
import { createSourceServices } from './source-services.ts';

let dovecot: Dovecot;
let mailboxes: Mailboxes;
let settings: Settings;
let listeners: Set<() => void>;
let taken: { mailbox: string; subject: string }[];
let topics: string[];

const receiverMailbox: Mailbox = {
  id: 'receiver',
  name: 'receiver',
  type: 'smtp-receiver',
  address: 'support@demo.test',
  enabled: true,
  folders: [],
  pollSeconds: 60,
  maxBytes: 1_048_576,
};

function change(edit: (draft: Settings) => void): void {
  const draft = structuredClone(settings);
  edit(draft);
  settings = draft;
  for (const listener of listeners) listener();
}

const mailboxOf = (draft: Settings, id: string): Mailbox => {
  const found = draft.mailboxes.find((mailbox) => mailbox.id === id);
  if (!found) throw new Error(`No mailbox ${id}`);
  return found;
};

/** Passwords are "sealed" by a prefix here: opening is the settings room's own affair. */
const imapOf = (user: string, password = 'secret'): Mailbox => {
  const mailbox = imapMailbox(dovecot, user, { id: user, name: user });
  return { ...mailbox, imap: mailbox.imap && { ...mailbox.imap, password: `sealed:v1:${password}` } };
};

const connected = (id: string) =>
  until(
    `${id} connected`,
    () =>
      mailboxes.status(id).state === 'connected' &&
      (id === 'receiver' || mailboxes.status(id).lastSuccessAt !== undefined),
  );

beforeEach(async () => {
  dovecot = await startDovecot();
  listeners = new Set();
  taken = [];
  topics = [];
  settings = {
    ...firstSettings(),
    mailboxes: [receiverMailbox, imapOf('anna'), imapOf('berta')],
    routes: [],
  };
  const cursors = new Map<string, string>();
  mailboxes = createMailboxes({
    settings: {
      read: () => settings,
      open: (sealed) => sealed.replace('sealed:v1:', ''),
      onChange(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    token: async () => {
      throw new Error('no mailbox names an authorisation');
    },
    async accept(mailbox, mails, cursor) {
      for (const { bytes } of mails) {
        const subject = /^Subject: (.*?)\r?$/m.exec(Buffer.from(bytes).toString())?.[1] ?? '';
        taken.push({ mailbox: mailbox.id, subject });
      }
      if (cursor) cursors.set(`${mailbox.id} ${cursor.folder}`, cursor.value);
    },
    loadCursor: async (id, folder) => cursors.get(`${id} ${folder}`),
    services: createSourceServices(),
    log: { info: () => {}, warn: () => {} },
    onChange: (topic) => void topics.push(topic),
    receiver: { host: '127.0.0.1', port: 0 },
    timing: { ...quick, retryFailed: { firstMs: 60_000, longestMs: 60_000 } },
  });
});
afterEach(async () => {
  await mailboxes.stop();
  await dovecot.stop();
});

describe('mailboxes', () => {
  test('are all read at once, the receiver among them, and tell the pages', async () => {
    await mailboxes.start();
    await Promise.all(['receiver', 'anna', 'berta'].map(connected));

    await dovecot.deliver('anna', makeMail({ subject: 'To Anna' }));
    await dovecot.deliver('berta', makeMail({ subject: 'To Berta' }));
    await createTransport({ host: '127.0.0.1', port: mailboxes.receiverPort }).sendMail({
      envelope: { from: 'a@b.example', to: ['support@demo.test'] },
      raw: makeMail({ subject: 'By SMTP' }),
    });
    await until('three mails', () => taken.length === 3);

    expect(taken).toContainEqual({ mailbox: 'anna', subject: 'To Anna' });
    expect(taken).toContainEqual({ mailbox: 'berta', subject: 'To Berta' });
    expect(taken).toContainEqual({ mailbox: 'receiver', subject: 'By SMTP' });
    expect(new Set(topics)).toEqual(new Set(['mailboxes']));
  });

  test('one with a wrong password fails alone, and is read at once when the password is mended', async () => {
    change((draft) => Object.assign(mailboxOf(draft, 'anna'), imapOf('anna', 'wrong')));
    await mailboxes.start();
    await connected('berta');
    await until('anna failed', () => mailboxes.status('anna').state === 'failed');
    const bertaSuccess = mailboxes.status('berta');

    change((draft) => Object.assign(mailboxOf(draft, 'anna'), imapOf('anna')));
    await connected('anna');

    expect(mailboxes.status('anna').lastError).toBeUndefined();
    expect(mailboxes.status('berta')).toEqual(bertaSuccess);
  });

  test('start, stop and vanish with the settings', async () => {
    await mailboxes.start();
    await connected('anna');

    change((draft) => Object.assign(mailboxOf(draft, 'anna'), { enabled: false }));
    await until('anna stopped', () => mailboxes.status('anna').state === 'stopped');
    await dovecot.deliver('anna', makeMail({ subject: 'While off' }));
    const wakeOff = () => mailboxes.wake('anna');
    expect(wakeOff).toThrow(/Enable it first/);
    change((draft) => Object.assign(mailboxOf(draft, 'anna'), { enabled: true }));
    await until('the mail that came meanwhile', () => taken.length === 1);
    change((draft) => {
      draft.mailboxes = draft.mailboxes.filter(({ id }) => id !== 'anna');
    });
    await until('anna is gone', () => !mailboxes.statuses().has('anna'));

    expect(taken).toEqual([{ mailbox: 'anna', subject: 'While off' }]);
  });

  test('folders that change are looked at again at once: mail of a new one is taken, and one that is not there is told', async () => {
    await dovecot.createFolder('anna', 'Orders');
    await mailboxes.start();
    await connected('anna');

    change((draft) => Object.assign(mailboxOf(draft, 'anna'), { folders: ['INBOX', 'Orders', 'Nowhere'] }));
    await until('it is told', () => mailboxes.status('anna').problems?.length === 1);
    await dovecot.deliverTo('anna', 'Orders', makeMail({ subject: 'An order' }));
    mailboxes.wake('anna');
    await until('the mail', () => taken.length > 0);

    expect(taken).toEqual([{ mailbox: 'anna', subject: 'An order' }]);
    expect(mailboxes.status('anna').problems).toMatchObject([
      { code: 'folder-missing', message: expect.stringContaining('Nowhere') },
    ]);
  });

  test('saving quickly many times ends with one source for what was saved last', async () => {
    await mailboxes.start();
    await connected('anna');

    for (const address of ['a@x.example', 'b@x.example', 'c@x.example']) {
      change((draft) => Object.assign(mailboxOf(draft, 'anna'), { address }));
    }
    await dovecot.deliver('anna', makeMail({ subject: 'Once' }));
    await until('the mail', () => taken.length > 0);
    await dovecot.deliver('anna', makeMail({ subject: 'Once more' }));
    await until('the other mail', () => taken.length > 1);
    await mailboxes.stop();

    expect(taken.map(({ subject }) => subject)).toEqual(['Once', 'Once more']);
    expect(await dovecot.logins('anna')).toBeLessThanOrEqual(4);
  });

  test('changes of anything else leave a mailbox at its one connection', async () => {
    await mailboxes.start();
    await connected('anna');

    for (let round = 0; round < 5; round += 1) {
      change((draft) => {
        draft.routes = [];
        draft.queues = [...draft.queues, { id: `queue-${round}`, name: `Queue ${round}` }];
        Object.assign(mailboxOf(draft, 'berta'), { name: `Berta ${round}` });
      });
    }
    await dovecot.deliver('anna', makeMail({ subject: 'Once' }));
    await until('the mail', () => taken.length > 0);
    await mailboxes.stop();

    expect(taken).toEqual([{ mailbox: 'anna', subject: 'Once' }]);
    expect(await dovecot.logins('anna')).toBe(1);
  });

  test('the receiver follows its domains without being restarted, and stops with its mailbox', async () => {
    await mailboxes.start();
    const port = mailboxes.receiverPort;
    change((draft) => {
      draft.domains = [{ id: 'other', name: 'other.test', receives: true, dkim: [] }];
    });

    const transport = createTransport({ host: '127.0.0.1', port });
    const send = (to: string) => transport.sendMail({ envelope: { from: 'a@b.example', to: [to] }, raw: makeMail() });
    await expect(send('x@demo.test')).rejects.toThrow(/550/);
    await send('x@other.test');
    change((draft) => Object.assign(mailboxOf(draft, 'receiver'), { enabled: false }));
    await until('nothing listens', () => mailboxes.receiverPort === undefined);

    expect(mailboxes.receiverPort).toBeUndefined();
    await expect(send('x@other.test')).rejects.toThrow();
  });

  test('verify tries what is given, saved or not', async () => {
    await mailboxes.start();

    const good = await mailboxes.verify(imapOf('carla'));
    const bad = await mailboxes.verify(imapOf('carla', 'wrong'));
    const receiver = await mailboxes.verify(receiverMailbox);

    expect([good.ok, bad.ok, receiver.ok]).toEqual([true, false, true]);
  });
});
