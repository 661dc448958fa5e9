import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withPassword } from '../../runtime/authorisations/credentials.ts';
import { verifyImap } from '../../runtime/mailboxes/imap/verify.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { makeMail } from '../support/mails.ts';
import { imapMailbox } from './far-end.ts';

let dovecot: Dovecot;

beforeAll(async () => {
  dovecot = await startDovecot();
  await dovecot.deliver('anna', makeMail());
  await dovecot.deliverTo('anna', 'Büro', makeMail());
});
afterAll(async () => {
  await dovecot.stop();
});

const mailbox = (change: object = {}, folders = ['INBOX']) => {
  const base = imapMailbox(dovecot, 'anna', { folders });
  const imap = {
    host: 'localhost',
    port: dovecot.ports.imaps,
    security: 'tls' as const,
    ca: dovecot.ca,
    username: 'anna',
    password: 'sealed:v1:x',
  };
  return { ...base, imap: { ...imap, ...change } };
};

describe('verifying an IMAP mailbox', () => {
  test('tells every step and the folders with their counts', async () => {
    const report = await verifyImap(mailbox({}, ['INBOX', 'Büro']), withPassword('anna', dovecot.password));

    expect(report.ok).toBe(true);
    expect(report.steps.map(({ name }) => name)).toEqual([
      'Connect',
      'Encryption',
      'Log in',
      'Folders',
      'Mark as read',
      'Folders',
      'Mark as read',
    ]);
    expect(report.folders).toContainEqual({ path: 'INBOX', messages: 1, unseen: 1, specialUse: '\\Inbox' });
    expect(report.folders).toContainEqual({ path: 'Büro', messages: 1, unseen: 1 });
  });

  test('does not mark anything as read', async () => {
    await verifyImap(mailbox(), withPassword('anna', dovecot.password));

    const [mail] = await dovecot.fetch('anna', 'INBOX', ['flags']);
    expect(mail?.flags).not.toContain('\\Seen');
  });

  test.each([
    ['wrong password', {}, 'nope', ['Connect', 'Encryption'], 'Log in', /Check the user name and the password/],
    ['authority that is not trusted', { ca: undefined }, 'secret', ['Connect'], 'Encryption', /paste its certificate/],
    ['unknown host', { host: 'imap.nowhere.invalid' }, 'secret', [], 'Connect', /Check the spelling|does not answer/],
    [
      'unencrypted',
      { host: 'imap.example.test', security: 'none' },
      'secret',
      [],
      'Encryption',
      /Choose TLS or STARTTLS/,
    ],
  ])('says what to do: %s', async (_name, change, password, passed, failed, words) => {
    const report = await verifyImap(mailbox(change), withPassword('anna', password));

    expect(report.ok).toBe(false);
    expect(report.steps.filter(({ ok }) => ok).map(({ name }) => name)).toEqual(passed);
    expect(report.steps.at(-1)).toMatchObject({ name: failed, ok: false });
    expect(report.steps.at(-1)?.message).toMatch(words);
  });

  test('says what to do: closed port', async () => {
    const report = await verifyImap(mailbox({ port: await freePort() }), withPassword('anna', 'secret'));

    expect(report.steps).toMatchObject([
      { name: 'Connect', ok: false, message: expect.stringContaining('refuses connections') },
    ]);
  });

  test('says what to do: a server that says nothing', async () => {
    await dovecot.freeze();
    const report = await verifyImap(mailbox(), withPassword('anna', 'secret'), { quietMs: 300, wholeMs: 1_000 });
    await dovecot.thaw();

    expect(report.ok).toBe(false);
    expect(report.steps.at(-1)?.name).toBe('Connect');
  });

  test('asks what the account may do, in the folder that is taken and in the one that mail is moved to', async () => {
    const strict = await startDovecot({ acl: true });
    for (const folder of ['Büro', 'Done', 'Locked']) await strict.createFolder('anna', folder);
    await strict.setRights('anna', 'Büro', ['lookup', 'read', 'write-seen']);
    await strict.setRights('anna', 'Locked', ['lookup', 'read']);
    const verify = (folders: string[], target: string) => {
      const box = imapMailbox(strict, 'anna', { folders, afterTaking: { action: 'move', folder: target } });
      return verifyImap(box, withPassword('anna', strict.password));
    };

    const right = await verify(['INBOX'], 'Done');
    const locked = await verify(['INBOX'], 'Locked');
    const kept = await verify(['Büro'], 'Done');
    const missing = await verify(['INBOX'], 'Nowhere');
    const circle = await verify(['INBOX', 'Done'], 'Done');
    await strict.stop();

    const failures = ({ steps }: typeof right) => steps.filter(({ ok }) => !ok).map(({ message }) => message);
    expect(failures(right)).toEqual([]);
    expect(right.steps.slice(-2).map(({ name }) => name)).toEqual(['Rights', 'Folder to move to']);
    expect(failures(locked)).toEqual([expect.stringMatching(/"Locked" what is needed: put mails into it/)]);
    expect(failures(kept)).toEqual([expect.stringMatching(/"Büro" .*: mark them as deleted, take them away/)]);
    expect(failures(missing)).toEqual([expect.stringMatching(/no folder "Nowhere" .* choose one of: .*Done/)]);
    expect(failures(circle)).toEqual([expect.stringMatching(/where mail is taken from/)]);
  });

  test('names a missing folder and lists those that are there', async () => {
    const report = await verifyImap(mailbox({}, ['INBOX', 'Orders']), withPassword('anna', dovecot.password));

    expect(report.ok).toBe(false);
    expect(report.steps.at(-1)).toMatchObject({
      name: 'Folders',
      ok: false,
      message: expect.stringContaining('"Orders"'),
    });
    expect(report.folders?.map(({ path }) => path)).toContain('Büro');
  });
});
