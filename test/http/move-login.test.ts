import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
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
  http = await startHttp({
    outgoingAllow: [new URL(provider.url).host],
    readingTiming: { pollMs: 100, retryFailed: { firstMs: 60_000, longestMs: 60_000 } },
  });
  const { key } = provider.certificate;
  const grant = { type: 'service-account', tokenUrl: provider.tokenUrl, email: robot.email, scope: 'mail', key };
  await http.admin.post('/api/authorisations', { name: 'Robot', provider: 'other', ca: provider.ca, grant });
});
afterAll(async () => {
  await http.stop();
  await dovecot.stop();
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
});
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
