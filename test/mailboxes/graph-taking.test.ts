import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createGraphSource } from '../../runtime/mailboxes/graph.ts';
import { GraphError, throttled } from '../support/graph/graph-answer.ts';
import { makeMail, makeMailWithAttachment } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { type GraphRig, startGraphRig, user } from './graph-rig.ts';

let rig: GraphRig;

beforeEach(async () => {
  rig = await startGraphRig();
});
afterEach(() => rig.stop());

const numbered = (count: number, name = 'Mail') => Array.from({ length: count }, (_, index) => `${name} ${index}`);

describe('the delta query', () => {
  test('may repeat items, tell of removals, show pages in any order and empty ones: each mail is taken once', async () => {
    Object.assign(rig.graph.moods, { emptyPages: 2, repeats: true, shuffles: true, tellsRemovals: true });
    rig.deliver('Former');
    await rig.start();

    for (const subject of numbered(60)) rig.deliver(subject);
    await rig.farEnd.waitForMails(60);
    await until('a round more', () => rig.farEnd.status.lag === 0);
    rig.deliver('Last');
    await rig.farEnd.waitForMails(61);

    expect(rig.farEnd.subjects().toSorted()).toEqual([...numbered(60), 'Last'].toSorted());
  });

  test.each([false, true])(
    'may lose its place (410, Location: %s): nothing is lost, doubled or taken that is older',
    async (location) => {
      rig.deliver('Former');
      const source = await rig.start();
      rig.deliver('Known');
      await rig.farEnd.waitForMails(1);
      await source.stop();
      rig.deliver('While away');
      rig.graph.forgetDelta(location);

      await rig.start();
      rig.deliver('After');
      await rig.farEnd.waitForMails(3);

      expect(rig.farEnd.subjects()).toEqual(['Known', 'While away', 'After']);
      expect(rig.farEnd.warnings).toContain('Microsoft has lost its place in a folder; listing anew');
    },
  );

  test('may lose its place when the clock of this machine has just been wrong', async () => {
    const source = await rig.start();
    const rightNow = Date.now;
    vi.spyOn(Date, 'now').mockImplementation(() => rightNow() + 25 * 3_600_000);
    rig.graph.deliver(user, makeMail({ subject: 'By a wrong clock' }), 'inbox', rightNow());
    await rig.farEnd.waitForMails(1);
    await source.stop();
    vi.restoreAllMocks();

    rig.deliver('While away');
    rig.graph.forgetDelta();
    await rig.start();
    await rig.farEnd.waitForMails(2);

    expect(rig.farEnd.subjects()).toEqual(['By a wrong clock', 'While away']);
  });

  test('may lose its place in the middle of a round', async () => {
    const source = await rig.start();
    await source.stop();
    for (const subject of numbered(120)) rig.deliver(subject);
    let pages = 0;
    rig.graph.intercept = ({ url }) => {
      if (url.searchParams.has('$skiptoken') && ++pages === 2) rig.graph.forgetDelta();
      return undefined;
    };

    await rig.start();
    await rig.farEnd.waitForMails(120);

    expect(pages).toBeGreaterThan(1);
    expect(rig.farEnd.subjects().toSorted()).toEqual(numbered(120).toSorted());
  });

  test('may know mails whose ids differ in the case of a letter only', async () => {
    await rig.start();
    const account = rig.graph.accounts.get(user);
    for (const immutableId of ['AAMkabc', 'AAMkABC']) {
      const message = rig.graph.deliver(user, `Subject: ${immutableId}\r\n\r\n`);
      account?.messages.delete(message.immutableId);
      const changes = account?.folders.get(message.folder)?.changes ?? [];
      for (const change of changes) if (change.immutableId === message.immutableId) change.immutableId = immutableId;
      account?.messages.set(immutableId, { ...message, immutableId });
    }

    await rig.farEnd.waitForMails(2);

    expect(rig.farEnd.subjects().toSorted()).toEqual(['AAMkABC', 'AAMkabc']);
  });
});

describe('after taking', () => {
  test('mails are marked as read once they are stored, and no others', async () => {
    rig.deliver('Former');
    const readAtCommit: unknown[] = [];
    await rig.start();
    rig.farEnd.beforeCommit = (mails) => {
      if (mails.length > 0) readAtCommit.push(rig.isRead('New'));
    };

    rig.deliver('New');
    await until('it is marked', () => rig.isRead('New') === true);

    expect(readAtCommit).toEqual([false]);
    expect(rig.isRead('Former')).toBe(false);
  });

  test('a crash between the commit and the mark is made good at the next start', async () => {
    rig.graph.intercept = ({ method }) => (method === 'PATCH' ? 'drop' : undefined);
    const source = await rig.start();
    rig.deliver('Between');
    await rig.farEnd.waitForMails(1);
    await source.stop();
    rig.graph.intercept = () => undefined;

    await rig.start();
    await until('it is marked', () => rig.isRead('Between') === true);

    expect(rig.farEnd.subjects()).toEqual(['Between']);
  });

  test('mails are moved, where that is wished, once they are stored; one of which a part was taken stays, marked as read', async () => {
    const done = rig.graph.addFolder(user, 'Done');
    await rig.start({ afterTaking: { action: 'move', folder: 'Done' }, maxBytes: 1_048_576 });

    rig.deliver('Whole');
    rig.graph.deliver(user, makeMailWithAttachment(1, { subject: 'Large' }));
    await until('the large one is marked', () => rig.isRead('Large') === true);
    await until('the whole one is moved', () => rig.folderOf('Whole') === done.name);

    expect([rig.folderOf('Large'), rig.isRead('Whole')]).toEqual(['Inbox', false]);
    expect(rig.farEnd.subjects().toSorted()).toEqual(['Large', 'Whole']);
  });

  test('a folder to move to that does not exist is told, and made good when it does', async () => {
    await rig.start({ afterTaking: { action: 'move', folder: 'Done' } });
    rig.deliver('Waits');
    await until('it is told', () => rig.farEnd.status.problems?.[0]?.code === 'move-folder-missing');

    rig.graph.addFolder(user, 'Done');
    await until('it is moved', () => rig.folderOf('Waits') === 'Done');
    await until('all is well', () => rig.farEnd.status.problems === undefined);
  });

  test('mails are deleted, where that is wished, once they are stored', async () => {
    await rig.start({ afterTaking: { action: 'delete' } });

    rig.deliver('Short');
    await until('it is deleted', () => rig.folderOf('Short') === 'Deleted Items');

    expect(rig.farEnd.subjects()).toEqual(['Short']);
  });

  test('a right to read alone does not keep mail from being taken, and is told once', async () => {
    rig.graph.intercept = ({ method }) =>
      method === 'PATCH' ? new GraphError(403, 'ErrorAccessDenied', 'Access is denied.') : undefined;
    await rig.start();

    for (const subject of ['One', 'Two']) {
      rig.deliver(subject);
      await until(subject, () => rig.farEnd.subjects().includes(subject));
    }
    await until('it is told', () => rig.farEnd.status.problems?.[0]?.code === 'not-writable');

    expect(rig.farEnd.status.state).toBe('connected');
    expect(rig.farEnd.warnings.filter((warning) => warning.includes('Mail.ReadWrite'))).toHaveLength(1);
  });
});

test('mails of the last days are taken, too, where that is wished', async () => {
  const day = 86_400_000;
  const former = (subject: string, days: number) =>
    rig.graph.deliver(user, `Subject: ${subject}\r\n\r\n`, 'inbox', rig.graph.now() - days * day);
  former('Last month', 30);
  former('Yesterday', 1);

  await rig.start({ takeDays: 7 });
  rig.deliver('Today');
  await rig.farEnd.waitForMails(2);

  expect(rig.farEnd.subjects()).toEqual(['Yesterday', 'Today']);
});

describe('single mails', () => {
  test('one that is gone before it is fetched is passed over', async () => {
    await rig.start();
    rig.graph.intercept = ({ url }) => {
      const id = decodeURIComponent(/messages\/([^/]+)\/\$value/.exec(url.pathname)?.[1] ?? '');
      const account = rig.graph.accounts.get(user);
      if (account?.messages.get(id)?.mime.includes('Subject: Deleted')) account.messages.delete(id);
      return undefined;
    };

    for (const subject of ['Deleted', 'Kept']) rig.deliver(subject);
    await rig.farEnd.waitForMails(1);

    expect(rig.farEnd.subjects()).toEqual(['Kept']);
  });

  test('one that Graph cannot hand over is quarantined without content, and keeps back none of the others', async () => {
    const source = await rig.start();
    await source.stop();
    const broken = rig.deliver('Broken');
    rig.deliver('Behind it');
    rig.graph.intercept = ({ url }) =>
      url.pathname.includes(encodeURIComponent(broken)) && url.pathname.endsWith('$value')
        ? new GraphError(400, 'ErrorInternalServerError', 'The content conversion failed.')
        : undefined;

    await rig.start();
    await rig.farEnd.waitForMails(2);

    expect(rig.farEnd.mails.map(({ serverKey, truncated }) => [serverKey === broken, truncated === true])).toEqual([
      [true, true],
      [false, false],
    ]);
  });
});

test('a token that ends in the middle is replaced without an alarm', async () => {
  let issued = 0;
  const context = rig.farEnd.tokenContext(rig.mailbox(), () => '', rig.services);
  let token = rig.graph.token();
  const source = createGraphSource(
    {
      ...context,
      credentials: async (refused) => {
        if (refused) {
          issued += 1;
          token = rig.graph.token();
        }
        return { kind: 'token', username: user, token, expiresAt: 0 };
      },
    },
    { pollMs: 30 },
  );
  source.start();
  await rig.farEnd.waitForState('connected');

  rig.graph.advance(2 * 3_600_000);
  rig.deliver('Later');
  await rig.farEnd.waitForMails(1);
  await source.stop();

  expect(issued).toBe(1);
  expect(rig.farEnd.statuses.some(({ state }) => state === 'retrying' || state === 'failed')).toBe(false);
});

describe('folders', () => {
  test('are read by their path, those in others too; one that is missing does not hurt the others, one renamed is followed', async () => {
    const parent = rig.graph.addFolder(user, 'Kunden');
    const inner = rig.graph.addFolder(user, 'Größe XL', parent);
    await rig.start({ folders: ['INBOX', 'Kunden/Größe XL', 'Nowhere'] });

    rig.deliver('In the inbox');
    rig.deliver('Inside', 'Größe XL');
    await rig.farEnd.waitForMails(2);
    const problem = rig.farEnd.status.problems?.[0];
    inner.name = 'Renamed';
    rig.deliver('After the renaming', inner.id);
    await rig.farEnd.waitForMails(3);

    expect(rig.farEnd.mails.map(({ folder }) => folder).toSorted()).toEqual([
      'INBOX',
      'Kunden/Größe XL',
      'Kunden/Größe XL',
    ]);
    expect(problem?.code).toBe('folder-missing');
    expect(rig.farEnd.status.state).toBe('connected');
  });
});

test('throttling in the middle of a backlog is waited out, and nobody is asked more than four things at once', async () => {
  await rig.stop();
  const waits: number[] = [];
  rig = await startGraphRig({
    clock: {
      now: () => Date.now() + waits.reduce((sum, wait) => sum + wait, 0),
      sleep: async (ms) => void waits.push(ms),
    },
  });
  const source = await rig.start();
  await source.stop();
  for (const subject of numbered(30)) rig.deliver(subject);
  let left = 3;
  rig.graph.intercept = ({ url }) => (url.pathname.endsWith('$value') && left-- > 0 ? throttled(30) : undefined);

  await rig.start();
  await rig.farEnd.waitForMails(30);

  expect(waits.some((wait) => wait > 29_000)).toBe(true);
  expect(rig.graph.overruns).toBe(0);
  expect(rig.farEnd.subjects().toSorted()).toEqual(numbered(30).toSorted());
});
