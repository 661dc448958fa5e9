import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendMails } from './support/send-mail.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp({}, { cases: true });
});
afterEach(() => http.stop());

const url = '/api/flows/support/cases';
const folder = () => join(http.folder, 'flows', 'support.cases');

const mail = (subject: string) =>
  ['From: Vera <vera@example.test>', 'To: support@demo.test', `Subject: ${subject}`, '', 'Hello', ''].join('\r\n');

const toGeneral = { expect: { ending: 'transfer-to-queue', queue: 'general' } };

/** The sample flow with another priority for what is urgent. */
async function changedFlow() {
  const { document } = (await http.admin.get('/api/flows/support')).json;
  document.actions.p10.settings.priority = 20;
  return document;
}

function startGit(): (...args: string[]) => string {
  const cwd = join(http.folder, 'flows');
  const git = (...args: string[]) => execFileSync('git', args, { cwd, encoding: 'utf8' }).trim();
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('-c', 'user.name=x', '-c', 'user.email=x@example.test', 'commit', '--quiet', '--message=Before');
  return git;
}

test('a tried mail becomes a case that passes at once, kept beside the flow and committed by its author', async () => {
  const git = startGit();
  await writeFile(join(http.folder, 'flows', 'lies-about.txt'), 'not to be committed');
  const tried = { eml: mail('[URGENT] Größe ändern'), now: '2026-01-31T09:00:00.000Z' };

  const proposed = await http.admin.post(`${url}/propose`, tried);
  const created = await http.admin.post(url, { ...proposed.json, mail: { eml: tried.eml } });
  const run = await http.admin.post(`${url}/run`, {});

  expect(proposed.json).toEqual({
    name: 'urgent-grosse-andern',
    case: {
      expect: { ending: 'transfer-to-queue', queue: 'priority-support', priority: 10, fallback: false, responses: 0 },
      now: '2026-01-31T09:00:00.000Z',
      mailbox: expect.objectContaining({ id: expect.any(String) }),
      route: { id: expect.any(String), address: 'support@demo.test' },
    },
  });
  expect(created.status).toBe(201);
  expect(created.json).toMatchObject({ problem: '', mail: { from: 'vera@example.test' } });
  expect(run.json).toMatchObject({ failed: 0, isComplete: true });
  expect(run.json.items.map(({ name }: { name: string }) => name)).toContain('urgent-grosse-andern');
  expect(await readFile(join(folder(), 'urgent-grosse-andern.eml'), 'utf8')).toBe(tried.eml);
  expect(git('log', '-1', '--format=%an: %s')).toBe('Administration token: Add case urgent-grosse-andern of support');
  expect(git('show', '--name-only', '--format=', 'HEAD').split('\n').sort()).toEqual([
    'support.cases/urgent-grosse-andern.case.json',
    'support.cases/urgent-grosse-andern.eml',
  ]);
});

test('whoever looks while cases are renamed and deleted finds whole ones', async () => {
  startGit();
  const looks: { status: number; json: { items: { name: string; problem?: string; mail?: unknown }[] } }[] = [];
  let isOver = false;
  const looking = (async () => {
    while (!isOver) looks.push(await http.admin.get(url));
  })();

  for (const [from, to] of [
    ['urgent', 'calm'],
    ['calm', 'urgent'],
    ['urgent', 'calmer'],
  ]) {
    await http.admin.post(`${url}/${from}/rename`, { name: to });
  }
  await http.admin.delete(`${url}/calmer`);
  isOver = true;
  await looking;

  expect(looks.length).toBeGreaterThan(3);
  expect(
    looks.flatMap(({ json }) => json.items.filter(({ problem, mail }) => problem !== '' || mail === null)),
  ).toEqual([]);
});

test('cases are changed, renamed and deleted, each in a commit of its own', async () => {
  const git = startGit();
  const { json: before } = await http.admin.get(`${url}/urgent`);

  const changed = await http.admin.put(`${url}/urgent`, { case: toGeneral, revision: before.revision });
  const late = await http.admin.put(`${url}/urgent`, { case: toGeneral, revision: before.revision });
  const renamed = await http.admin.post(`${url}/urgent/rename`, { name: 'calm' });
  const taken = await http.admin.post(`${url}/calm/rename`, { name: 'newsletter' });
  const source = await http.admin.get(`${url}/calm/mail`);
  const deleted = await http.admin.delete(`${url}/calm`);
  const gone = await http.admin.get(`${url}/calm`);

  expect(changed.json.case.expect).toEqual(toGeneral.expect);
  expect([late.status, late.json.code]).toEqual([409, 'case-changed']);
  expect(renamed.json).toMatchObject({ name: 'calm', case: { expect: toGeneral.expect } });
  expect([taken.status, taken.json.code]).toEqual([409, 'case-exists']);
  expect(source.headers['content-type']).toContain('message/rfc822');
  expect(source.text).toContain('[Urgent]');
  expect(deleted.status).toBe(204);
  expect([gone.status, gone.json.code]).toEqual([404, 'case-not-found']);
  expect(git('log', '--format=%s').split('\n')).toEqual([
    'Delete case calm of support',
    'Rename case urgent to calm of support',
    'Change case urgent of support',
    'Before',
  ]);
  expect(git('status', '--porcelain')).toBe('');
});

test('where git refuses, the files are as before', async () => {
  const git = startGit();
  const hook = join(http.folder, 'flows', '.git', 'hooks', 'pre-commit');
  await writeFile(hook, '#!/bin/sh\necho no such luck >&2\nexit 1\n');
  await chmod(hook, 0o755);
  const before = await readdir(folder());

  const created = await http.admin.post(url, { name: 'new', case: toGeneral, mail: { eml: mail('New') } });
  const deleted = await http.admin.delete(`${url}/urgent`);

  expect([created.status, created.json.code]).toEqual([409, 'git-refused']);
  expect(created.json.detail).toContain('no such luck');
  expect(deleted.status).toBe(409);
  expect(await readdir(folder())).toEqual(before);
  expect(git('status', '--porcelain')).toBe('');
});

test('names become file names, so that only harmless ones are taken', async () => {
  const names = ['../evil', 'a/b', '.hidden', 'UPPER', 'x'.repeat(65), '', 'a.b'];

  const answers = await Promise.all(
    names.map((name) => http.admin.post(url, { name, case: toGeneral, mail: { eml: mail('x') } })),
  );
  const byPath = await http.admin.get(`${url}/..%2F..%2Fsettings`);

  expect(answers.map(({ json }) => json.code)).toEqual(names.map(() => 'invalid-body'));
  expect(byPath.json.code).toBe('invalid-path');
});

test('a mail that is too large, a name that is taken and a flow that nobody has are refused', async () => {
  const large = await http.admin.post(url, {
    name: 'large',
    case: toGeneral,
    mail: { eml: mail('x'.repeat(5_300_000)) },
  });
  const taken = await http.admin.post(url, { name: 'urgent', case: toGeneral, mail: { eml: mail('x') } });
  const nowhere = await http.admin.post('/api/flows/nowhere/cases', {
    name: 'x',
    case: toGeneral,
    mail: { eml: mail('x') },
  });

  expect([large.status, large.json.code]).toEqual([422, 'case-mail-too-large']);
  expect([taken.status, taken.json.code]).toEqual([409, 'case-exists']);
  expect([nowhere.status, nowhere.json.code]).toEqual([404, 'flow-not-found']);
});

test('wrong cases are listed and fail, each with its reason; a link out of the folder is not followed', async () => {
  await writeFile(join(folder(), 'broken.case.json'), '{');
  await writeFile(join(folder(), 'broken.eml'), mail('x'));
  await writeFile(join(folder(), 'alone.eml'), mail('x'));
  await writeFile(join(folder(), 'linked.case.json'), JSON.stringify(toGeneral));
  await symlink('/etc/passwd', join(folder(), 'linked.eml'));

  const { json: list } = await http.admin.get(url);
  const { json: run } = await http.admin.post(`${url}/run`, { names: ['broken', 'alone', 'linked', 'urgent'] });

  const problemOf = (name: string) => list.items.find((item: { name: string }) => item.name === name).problem as string;
  expect(problemOf('broken')).toContain('not JSON');
  expect(problemOf('alone')).toContain('no alone.case.json');
  expect(list.items.find((item: { name: string }) => item.name === 'linked').mail).toBeNull();
  expect(run.items.map(({ name, ok }: { name: string; ok: boolean }) => [name, ok])).toEqual([
    ['alone', false],
    ['broken', false],
    ['linked', false],
    ['urgent', true],
  ]);
});

test('a past mail becomes a case under what is known of it, and is tried again from the case', async () => {
  const [interaction = ''] = await sendMails(http, [{ subject: '[URGENT] Once more' }]);

  const proposed = await http.admin.post(`${url}/propose`, { interaction });
  await http.admin.post(url, { ...proposed.json, mail: { interaction } });
  const tried = await http.admin.post('/api/flows/support/try', { case: proposed.json.name });

  expect(proposed.json.case.envelope).toMatchObject({ to: ['support@demo.test'] });
  expect(tried.json.run.ending).toMatchObject({ queue: 'priority-support', priority: 10 });
});

describe('publishing', () => {
  test('is refused while the cases cannot be read: none that anybody knows is not none', async () => {
    const document = await changedFlow();
    await rm(folder(), { recursive: true });
    await writeFile(folder(), 'a file where the folder was');

    const listed = await http.admin.get(url);
    const answer = await http.admin.post('/api/flows/support/publish', { document, message: 'Higher' });

    expect([listed.status, listed.json.code]).toEqual([503, 'cases-unreadable']);
    expect([answer.status, answer.json.code]).toEqual([503, 'cases-unreadable']);
    expect(answer.json.detail).toContain('support.cases could not be read');
    expect((await http.admin.get('/api/flows/support')).json.version).toBe(1);
  });

  test('is refused while a case differs, with the case and in what it differs', async () => {
    const document = await changedFlow();

    const answer = await http.admin.post('/api/flows/support/publish', { document, message: 'Higher' });

    expect([answer.status, answer.json.code]).toEqual([409, 'cases-failed']);
    expect(answer.json.cases).toEqual([
      {
        name: 'urgent',
        ok: false,
        differences: [{ what: 'priority', expected: 10, got: 20 }],
        problem: '',
        ending: expect.objectContaining({ queue: 'priority-support' }),
      },
    ]);
    expect(answer.json.detail).toContain('urgent');
    expect((await http.admin.get('/api/flows/support')).json.version).toBe(1);
  });

  test('goes on all the same where an administrator says why, which is kept with the version and in git', async () => {
    const git = startGit();
    const document = await changedFlow();
    const { json } = await http.admin.post('/api/tokens', { name: 'drawer', role: 'designer' });
    const body = { document, message: 'Higher', overrideCases: 'the case follows tomorrow' };

    const refused = await http.withToken(json.token).post('/api/flows/support/publish', body);
    const published = await http.admin.post('/api/flows/support/publish', body);
    const { json: version } = await http.admin.get('/api/flows/support/versions/2');

    expect([refused.status, refused.json.code]).toEqual([403, 'override-needs-administrator']);
    expect(published.json.version).toBe(2);
    const words = 'Published by Administration token although 1 case differs (urgent): the case follows tomorrow';
    expect(version.message).toBe(`Higher\n\n${words}`);
    expect(git('log', '-1', '--format=%B')).toBe(`Higher\n\n${words}`);
  });

  test('needs no reason where no case differs, and names every error before any case', async () => {
    const { document } = (await http.admin.get('/api/flows/support')).json;
    const broken = { ...document, entry: 'nowhere' };

    const fine = await http.admin.post('/api/flows/support/publish', {
      document: { ...document, description: 'New words' },
      message: 'Words',
      overrideCases: 'not needed',
    });
    const answer = await http.admin.post('/api/flows/support/publish', { document: broken, message: 'Broken' });

    expect(fine.json.version).toBe(2);
    expect((await http.admin.get('/api/flows/support/versions/2')).json.message).toBe('Words');
    expect(answer.json.code).toBe('flow-has-errors');
  });
});

test('services answer in a case as they did in the trial', async () => {
  const document = (await http.admin.get('/api/flows/support')).json.document;
  document.variables = [{ name: 'topic', type: 'string', initial: '' }];
  document.actions.ask = {
    type: 'data-action',
    name: 'Ask',
    settings: {
      method: 'GET',
      url: 'https://topics.invalid/of?subject={{ email.subject | url_encode }}',
      response: [{ variable: 'topic', pointer: '/topic' }],
    },
    next: { success: 'to-priority', failure: 'to-general', timeout: 'drop' },
  };
  document.actions.urgent.next.no = 'ask';
  const trial = { eml: mail('A parcel'), document };

  const byHand = await http.admin.post('/api/flows/support/try', {
    ...trial,
    answers: [{ action: 'ask', status: 200, body: { topic: 'parcels' } }],
  });
  const late = await http.admin.post('/api/flows/support/try', {
    ...trial,
    answers: [{ action: 'ask', fails: 'timeout' }],
  });
  const uncalled = await http.admin.post('/api/flows/support/try', { ...trial, calls: false });
  const called = await http.admin.post('/api/flows/support/try', trial);
  const again = await http.admin.post('/api/flows/support/try', { ...trial, recorded: called.json.exchanges });
  const proposed = await http.admin.post(`${url}/propose`, { ...trial, recorded: byHand.json.exchanges });

  expect(byHand.json.run.ending.queue).toBe('priority-support');
  expect(byHand.json.run.variables).toEqual({ topic: 'parcels' });
  expect(byHand.json.exchanges).toEqual([
    {
      action: 'ask',
      method: 'GET',
      url: 'https://topics.invalid/of?subject=A+parcel',
      by: 'hand',
      status: 200,
      response: '{"topic":"parcels"}',
    },
  ]);
  expect(late.json.run.ending.type).toBe('disconnect');
  expect(uncalled.json.exchanges).toMatchObject([{ by: 'nobody', fails: 'unreachable' }]);
  expect(called.json.exchanges).toMatchObject([{ by: 'service', fails: 'unreachable' }]);
  expect(again.json.exchanges).toMatchObject([{ by: 'record', error: called.json.exchanges[0].error }]);
  expect(proposed.json.case).toMatchObject({
    expect: { queue: 'priority-support' },
    answers: [{ url: 'https://topics.invalid/of', status: 200, body: { topic: 'parcels' } }],
  });
});

test('an answer by hand is of one action, and not of its namesake in a task', async () => {
  const ask = (next: string, variable: string) => ({
    type: 'data-action',
    name: 'Ask',
    settings: { method: 'GET', url: 'https://topics.invalid/', response: [{ variable, pointer: '/topic' }] },
    next: { success: next, failure: next, timeout: next },
  });
  const document = {
    id: 'support',
    name: 'Support',
    type: 'inbound-email',
    variables: ['outer', 'inner'].map((name) => ({ name, type: 'string', initial: '' })),
    fallback: { queue: 'general' },
    entry: 'ask',
    actions: {
      ask: ask('call', 'outer'),
      call: { type: 'call-task', name: 'Call', settings: { task: 'inside' }, next: { done: 'end' } },
      end: { type: 'disconnect', name: 'End', settings: {} },
    },
    tasks: {
      inside: {
        name: 'Inside',
        entry: 'ask',
        actions: { ask: ask('back', 'inner'), back: { type: 'return', name: 'Back', settings: {} } },
      },
    },
  };
  const trial = { eml: mail('A parcel'), document, calls: false };

  const one = await http.admin.post('/api/flows/support/try', {
    ...trial,
    answers: [{ action: 'ask', task: 'inside', status: 200, body: { topic: 'inner' } }],
  });
  const again = await http.admin.post('/api/flows/support/try', {
    ...trial,
    answers: [{ action: 'ask', status: 200, body: { topic: 'outer' } }],
    recorded: one.json.exchanges.map((each: object) => ({ ...each, by: 'service' })),
  });

  expect(one.json.run.variables).toEqual({ outer: '', inner: 'inner' });
  expect(one.json.exchanges).toMatchObject([
    { action: 'ask', by: 'nobody' },
    { action: 'ask', task: 'inside', by: 'hand' },
  ]);
  expect(again.json.run.variables).toEqual({ outer: 'outer', inner: 'inner' });
});

test('a trial is at the moment and by the way that were chosen', async () => {
  await mkdir(folder(), { recursive: true });
  const { json } = await http.admin.post('/api/flows/support/try', {
    eml: mail('Hello'),
    now: '2026-12-24T18:00:00+01:00',
    address: 'vip@demo.test',
  });

  expect(json.now).toBe('2026-12-24T17:00:00.000Z');
  expect(json.run.startedAt).toBe('2026-12-24T17:00:00.000Z');
  expect(json.route.address).toBe('vip@demo.test');
});
