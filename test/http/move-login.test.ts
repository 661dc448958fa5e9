import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { startEwsServer } from '../support/ews/ews-server.ts';
import { type IdentityProvider, robot, startIdentityProvider } from '../support/identity-provider.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let folder: string;
let provider: IdentityProvider;
let dovecot: Dovecot;
let http: HttpUnderTest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-provider-'));
  provider = await startIdentityProvider(folder, []);
  dovecot = await startDovecot({ introspectionUrl: provider.introspectionUrl });
  http = await startHttp(options());
  await addRobot(http);
});
afterAll(async () => {
  await http.stop();
  await dovecot.stop();
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
});
const options = () => ({
  outgoingAllow: [new URL(provider.url).host],
  readingTiming: { pollMs: 100, retryFailed: { firstMs: 60_000, longestMs: 60_000 } },
});

function addRobot({ admin }: HttpUnderTest) {
  const { key } = provider.certificate;
  const grant = { type: 'service-account', tokenUrl: provider.tokenUrl, email: robot.email, scope: 'mail', key };
  return admin.post('/api/authorisations', { name: 'Robot', provider: 'other', ca: provider.ca, grant });
}

beforeEach(() => {
  provider.accepts = () => true;
});

describe.each(['imap', 'pop3'] as const)(
  'an %s mailbox that is moved from its password to an authorisation',
  (type) => {
    const path = (user: string, rest = '') => `/api/mailboxes/${user}${rest}`;
    const move = async (user: string) =>
      (await http.admin.post(path(user, '/move-login'), { authorisation: 'robot' })).json;
    const login = async (user: string) => (await http.admin.get(path(user))).json[type];
    const deliver = (user: string, subject: string) => dovecot.deliver(user, makeMail({ subject }));
    const taken = async (user: string): Promise<string[]> => {
      const { items } = (await http.admin.get(`/api/interactions?mailbox=${user}&limit=200`)).json;
      return items.map(({ subject }: { subject: string }) => subject).toReversed();
    };
    const untilTaken = (user: string, subject: string) =>
      until(`${subject} is taken`, async () => (await taken(user)).includes(subject));

    /** At work by its password: a mail from before is known, and one was taken. */
    async function connect(user: string): Promise<void> {
      await deliver(user, 'Long before');
      await http.admin.post('/api/mailboxes', {
        name: user,
        type,
        address: `${user}@demo.test`,
        host: dovecot.host,
        port: dovecot.ports[type],
        security: 'none',
        username: user,
        password: dovecot.password,
        flow: 'support',
      });
      await until('connected', async () => {
        const { status } = (await http.admin.get(path(user))).json;
        return status.state === 'connected' && status.lastSuccessAt !== undefined;
      });
      await deliver(user, 'By password');
      await untilTaken(user, 'By password');
    }

    test('was tried on a test mailbox before, goes on where it stood, and no mail is lost or taken twice', async () => {
      const user = `${type}-moved`;
      await connect(user);

      const trial = await http.admin.post(path(user, '/verify-change'), {
        username: 'test-mailbox',
        authorisation: 'robot',
      });
      const afterTrial = await login(user);
      const moved = await move(user);
      await deliver(user, 'By token');
      await untilTaken(user, 'By token');
      const again = await http.admin.post(path(user, '/move-login'), { authorisation: 'robot' });

      expect([trial.json.ok, JSON.stringify(trial.json)]).toEqual([true, expect.stringContaining('test-mailbox')]);
      expect(afterTrial).toMatchObject({ username: user });
      expect(afterTrial.authorisation).toBeUndefined();
      expect(moved).toMatchObject({ moved: true, report: { ok: true } });
      expect(await login(user)).toMatchObject({ username: user, authorisation: 'robot' });
      expect(await taken(user)).toEqual(['By password', 'By token']);
      expect([again.status, again.json.code]).toEqual([409, 'login-moved-already']);
    });

    test('stays as it is where the trial fails', async () => {
      const user = `${type}-refused`;
      await connect(user);
      provider.accepts = () => false;

      const answer = await move(user);
      await deliver(user, 'Still by password');
      await untilTaken(user, 'Still by password');

      expect(answer).toMatchObject({ moved: false, message: expect.stringContaining('Nothing was changed') });
      expect((await login(user)).authorisation).toBeUndefined();
      expect(await taken(user)).toEqual(['By password', 'Still by password']);
    });

    test('signs in by its password again where the switch fails after a trial that went well', async () => {
      const user = `${type}-brought-back`;
      await connect(user);
      let asked = 0;
      let arrived: Promise<void> | undefined;
      provider.accepts = () => {
        asked += 1;
        // The trial is the first to show a token.
        if (asked > 1) arrived ??= deliver(user, 'Between the logins');
        return asked === 1;
      };

      const answer = await move(user);
      await arrived;
      await untilTaken(user, 'Between the logins');
      await deliver(user, 'By password again');
      await untilTaken(user, 'By password again');

      expect(answer).toMatchObject({ moved: false, report: { ok: true } });
      expect(answer.message).toMatch(
        /by its password again and goes on where it stood\. The switch failed: .*refuses the token/,
      );
      expect((await login(user)).authorisation).toBeUndefined();
      expect(await taken(user)).toEqual(['By password', 'Between the logins', 'By password again']);
      expect((await http.admin.get(path(user))).json.status).toMatchObject({ state: 'connected' });
    });
  },
);

test('an Exchange mailbox that is moved goes on where it stood, or stays with its password where the trial fails', async () => {
  const exchange = await startEwsServer();
  const inbox = exchange.store.folderNamed('Posteingang');
  const deliver = (subject: string) => exchange.store.add(inbox, Buffer.from(makeMail({ subject })));
  // As the servers of the company do that trust the same provider.
  exchange.acceptsToken = async (token) => {
    const answer = await fetch(provider.introspectionUrl, { method: 'POST', body: new URLSearchParams({ token }) });
    return (await answer.json()).active;
  };
  const { host, port, user, password, address } = exchange;
  const server = { host, port, security: 'none', username: user, password, address };
  await http.admin.post('/api/mailboxes', { name: 'exchange', type: 'ews', flow: 'support', ...server });
  const move = async () =>
    (await http.admin.post('/api/mailboxes/exchange/move-login', { authorisation: 'robot' })).json;
  const login = async () => (await http.admin.get('/api/mailboxes/exchange')).json.ews;
  const untilTaken = (subjects: readonly string[]) =>
    until(`taken: ${subjects.join()}`, async () => {
      const { items } = (await http.admin.get('/api/interactions?mailbox=exchange')).json;
      return (
        items
          .map((item: { subject: string }) => item.subject)
          .toReversed()
          .join() === subjects.join()
      );
    });
  await until(
    'read',
    async () => (await http.admin.get('/api/mailboxes/exchange')).json.status.lastSuccessAt !== undefined,
  );
  deliver('By password');
  await untilTaken(['By password']);

  provider.accepts = () => false;
  const refused = await move();
  const afterRefusal = await login();
  provider.accepts = () => true;
  const moved = await move();
  exchange.password = 'another one';
  deliver('By token');
  await untilTaken(['By password', 'By token']);
  const afterMove = await login();
  await http.admin.patch('/api/mailboxes/exchange', { enabled: false });
  await exchange.stop();

  expect(refused).toMatchObject({ moved: false, message: expect.stringContaining('Nothing was changed') });
  expect(afterRefusal.authorisation).toBeUndefined();
  expect(moved).toMatchObject({ moved: true, report: { ok: true } });
  expect(afterMove).toMatchObject({ authorisation: 'robot' });
});

test.each([
  ['signs in by its password again where the look fails', false],
  ['stays with the authorisation where the look goes well', true],
])(
  'a server that ends between the switch and the first look takes that look when it starts: the mailbox %s',
  async (_, isGood) => {
    const user = isGood ? 'cut-off-good' : 'cut-off-bad';
    const dataFolder = join(folder, user);
    const first = await startHttp({ ...options(), dataFolder });
    await addRobot(first);
    const server = { host: dovecot.host, port: dovecot.ports.imap, security: 'none' };
    const login = { username: user, password: dovecot.password };
    const mailbox = { name: user, type: 'imap', address: `${user}@demo.test`, flow: 'support', ...server, ...login };
    await first.admin.post('/api/mailboxes', mailbox);
    const isRead = async ({ admin }: HttpUnderTest) => {
      const { status } = (await admin.get(`/api/mailboxes/${user}`)).json;
      return status.state === 'connected' && status.lastSuccessAt !== undefined;
    };
    await until('connected', () => isRead(first));
    let asked = 0;
    const judged = Promise.withResolvers<boolean>();
    provider.accepts = () => {
      asked += 1;
      // The trial is the first to show a token; the look that follows gets no answer.
      return asked === 1 || judged.promise;
    };

    const answer = first.admin.post(`/api/mailboxes/${user}/move-login`, { authorisation: 'robot' });
    await until('the first look hangs', () => asked > 1);
    await Promise.allSettled([answer, first.stop()]);
    judged.resolve(isGood);
    provider.accepts = () => isGood;
    const second = await startHttp({ ...options(), dataFolder });
    const authorisation = async () => (await second.admin.get(`/api/mailboxes/${user}`)).json.imap.authorisation;
    const pending = async () => JSON.parse(await readFile(join(dataFolder, 'settings.json'), 'utf8')).loginMoves;
    await until('judged', async () => Object.keys(await pending()).length === 0);
    await until('read', () => isRead(second));
    const kept = await authorisation();
    await second.stop();

    expect(kept).toBe(isGood ? 'robot' : undefined);
    const told = second.log.filter(({ message }) => message.includes('the former login is back'));
    expect(told).toHaveLength(isGood ? 0 : 1);
  },
);
