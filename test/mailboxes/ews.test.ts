import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { withPassword } from '../../runtime/authorisations/credentials.ts';
import { ewsSourceType } from '../../runtime/mailboxes/ews/source-type.ts';
import { verifyEws } from '../../runtime/mailboxes/ews/verify.ts';
import { parseXml } from '../../runtime/mailboxes/ews/xml.ts';
import { createEwsSource } from '../../runtime/mailboxes/ews.ts';
import type { Source } from '../../runtime/mailboxes/source.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { type EwsServer, startEwsServer } from '../support/ews/ews-server.ts';
import { makeMail, makeMailWithAttachment } from '../support/mails.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { until } from '../support/until.ts';
import { createFarEnd, ewsMailbox, type FarEnd } from './far-end.ts';

let server: EwsServer;
let farEnd: FarEnd;
let source: Source | undefined;

beforeEach(async () => {
  server = await startEwsServer();
  farEnd = createFarEnd();
});
afterEach(async () => {
  await source?.stop();
  await server.stop();
});

async function start(change: Partial<Mailbox> = {}): Promise<void> {
  source = createEwsSource(farEnd.context(ewsMailbox(server, change)), {
    pollMs: 50,
    retry: { firstMs: 20, longestMs: 50 },
  });
  source.start();
  await until('reading', () => farEnd.status.lastSuccessAt !== undefined);
}

const inbox = () => server.store.folderNamed('Posteingang');
const add = (subject: string, options?: { receivedAt?: number; kind?: string }) =>
  server.store.add(inbox(), Buffer.from(makeMail({ subject })), options);
const isRead = (id: string) => server.store.holderOf(id)?.items.get(id)?.isRead;

describe('what is taken from an Exchange mailbox', () => {
  test('is each mail once, however many pages tell of it and however often; appointments are none', async () => {
    server.pageSize = 3;
    server.repeatsChanges = true;
    await start();
    add('Meeting', { kind: 'CalendarItem' });
    const ids = Array.from({ length: 10 }, (_, index) => add(`No ${index}`));

    await farEnd.waitForMails(10);
    await until('marked as read', () => ids.every(isRead));

    expect(farEnd.subjects()).toEqual(Array.from({ length: 10 }, (_, index) => `No ${index}`));
    expect(server.lastHeaders['x-anchormailbox']).toBe('support@example.test');
  });

  test('goes on where it stood when Exchange has forgotten that, and loses nothing', async () => {
    add('Long before', { receivedAt: Date.now() - 30 * 86_400_000 });
    await start();
    add('Before');
    await farEnd.waitForMails(1);

    server.forgetSyncStates();
    add('After');
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['Before', 'After']);
    expect(farEnd.warnings).toEqual(['Exchange has forgotten what it told of a folder; comparing']);
  });

  test('is all that is new where Exchange forgets and the clock of this machine has just been wrong', async () => {
    await start();
    const rightNow = Date.now;
    vi.spyOn(Date, 'now').mockImplementation(() => rightNow() + 25 * 3_600_000);
    add('By a wrong clock', { receivedAt: rightNow() });
    await farEnd.waitForMails(1);
    // Only at the end of the look it is known up to when all was taken.
    const { lastSuccessAt } = farEnd.status;
    await until('the look is over', () => farEnd.status.lastSuccessAt !== lastSuccessAt);
    await source?.stop();
    vi.restoreAllMocks();

    add('While away');
    server.forgetSyncStates();
    await start();
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['By a wrong clock', 'While away']);
  });

  test('is the mail of the last days, too, if that is wanted', async () => {
    add('Old', { receivedAt: Date.now() - 9 * 86_400_000 });
    add('Recent', { receivedAt: Date.now() - 2 * 86_400_000 });

    await start({ takeDays: 7 });
    add('New');
    await farEnd.waitForMails(2);

    expect(farEnd.subjects()).toEqual(['Recent', 'New']);
  });

  test('waits as long as a busy server asks for, however it says so', async () => {
    await start();
    for (const form of ['fault', 'message'] as const) {
      const before = farEnd.mails.length;
      server.throttle(2, 30, form);
      add(`Patience, ${form}`);
      await farEnd.waitForMails(before + 1);
    }

    expect(farEnd.subjects()).toEqual(['Patience, fault', 'Patience, message']);
    expect(farEnd.statuses.filter(({ state }) => state === 'retrying')).toEqual([]);
  });
});

describe('what becomes of taken mails', () => {
  test('they are moved, but one that was shortened stays and is marked as read', async () => {
    const done = server.store.addFolder('Erledigt & "später"', inbox().id);
    const action = { action: 'move', folder: 'INBOX/Erledigt & "später"' } as const;
    await start({ afterTaking: action, maxBytes: 1_048_576 });

    add('Goes');
    const large = server.store.add(inbox(), makeMailWithAttachment(2, { subject: 'Stays' }));
    await farEnd.waitForMails(2);
    await until('moved', () => done.items.size === 1 && isRead(large) === true);

    expect(inbox().items.size).toBe(1);
    expect(farEnd.status.problems).toBeUndefined();
  });

  test('a refusal is told while mail goes on, and tried again', async () => {
    server.mayWrite = false;
    await start();
    const id = add('Unread');
    await until('told', () => farEnd.status.problems?.[0]?.code === 'not-marked');
    const { state } = farEnd.status;

    server.mayWrite = true;
    await until('marked as read', () => isRead(id) === true);

    expect([state, farEnd.subjects()]).toEqual(['connected', ['Unread']]);
  });

  test('a folder that is gone is told, and the other goes on', async () => {
    const orders = server.store.addFolder('Orders');
    await start({ folders: ['INBOX', 'Orders'] });
    orders.name = 'Bestellungen';
    await until('told', () => farEnd.status.problems?.[0]?.code === 'folder-missing');

    add('Still taken');
    await farEnd.waitForMails(1);

    expect(farEnd.status.problems?.[0]?.message).toContain('"Orders"');
  });
});

describe('connecting', () => {
  test('a token that has ended is replaced without an error', async () => {
    server.acceptsToken = (shown) => shown === 'first';
    let token = 'first';
    const mailbox = ewsMailbox(server);
    const credentials = async () => ({ kind: 'token' as const, username: 'x', token, expiresAt: 0 });
    source = createEwsSource({ ...farEnd.context(mailbox), credentials }, { pollMs: 50 });
    source.start();
    await until('reading', () => farEnd.status.lastSuccessAt !== undefined);

    server.acceptsToken = (shown) => shown === 'second';
    token = 'second';
    add('By the second');
    await farEnd.waitForMails(1);

    expect(farEnd.statuses.map(({ state }) => state)).not.toContain('retrying');
  });

  test('a service account acts as the address', async () => {
    const { ews } = ewsMailbox(server);
    await start({ ...(ews && { ews: { ...ews, impersonate: true } }) });

    expect(server.lastBody).toContain('<t:PrimarySmtpAddress>support@example.test</t:PrimarySmtpAddress>');
  });

  test('verifying tells every step, the folders, and what is missing', async () => {
    const credentials = withPassword(server.user, server.password);
    server.store.addFolder('Erledigt', inbox().id);

    const fine = await verifyEws(ewsMailbox(server), credentials);
    server.mayWrite = false;
    const lacking = await verifyEws(ewsMailbox(server, { folders: ['INBOX', 'Gone'] }), credentials);

    expect([fine.ok, fine.steps.map(({ name }) => name)]).toEqual([
      true,
      ['Connect', 'Encryption', 'Log in', 'Folders', 'Mark as read'],
    ]);
    expect(fine.folders?.map(({ path }) => path)).toEqual(['INBOX', 'Gelöschte Elemente', 'INBOX/Erledigt']);
    expect(lacking.steps.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['Mark as read', 'Folders']);
  });

  test('says what to do: wrong password, Windows sign-in alone, another path, another kind of server', async () => {
    const { ews } = ewsMailbox(server);
    const verify = async (change: Partial<Mailbox> = {}) => {
      const report = await verifyEws(ewsMailbox(server, change), withPassword(server.user, 'wrong'));
      return report.steps.at(-1)?.message;
    };

    const wrong = await verify();
    server.challenge = 'NTLM, Negotiate';
    const windows = await verify();
    const lost = await verify({ ...(ews && { ews: { ...ews, path: '/elsewhere' } }) });
    const mailServer = await startSmtpSink();
    const foreign = await verify({ ...(ews && { ews: { ...ews, port: mailServer.port } }) });
    await mailServer.stop();

    expect(foreign).toMatch(/answers, but not as a web server does\. Check host and port/);
    expect(wrong).toMatch(/refuses the login/);
    expect(windows).toMatch(/Windows sign-in .*Switch on Basic/);
    expect(lost).toMatch(/usual path is \/EWS/);
  });

  test('Exchange Online and open text are refused with what to do instead', () => {
    const body = {
      type: 'ews' as const,
      name: 'x',
      address: 'a@b.test',
      host: 'outlook.office365.com',
      username: 'a@b.test',
      password: 'x',
    };
    const store = (change: object) => () => ewsSourceType.store({ ...body, ...change }, (secret) => secret);

    expect(store({})).toThrow(/Exchange Online.*Microsoft Graph/);
    expect(store({ host: 'mail.b.test', security: 'starttls' })).toThrow(/no STARTTLS/);
    expect(store({ host: 'mail.b.test', security: 'none' })).toThrow(/unencrypted/);
    expect(store({ host: 'mail.b.test' })()).toMatchObject({ ews: { port: 443 }, folders: ['INBOX'] });
  });

  test('an answer with a document type, or that is no XML, is none', async () => {
    const bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>';

    await expect(parseXml(bomb, 'h')).rejects.toThrow(/something else/);
    await expect(parseXml('not < xml', 'h')).rejects.toThrow(/something else/);
  });
});
