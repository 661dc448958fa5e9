import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ada, openFlows, sampleFlow, type TestFlows } from './fixture.ts';

const open: TestFlows[] = [];
afterEach(async () => {
  for (const box of open.splice(0)) await box.close();
});

async function opened(options?: Parameters<typeof openFlows>[0]): Promise<TestFlows> {
  const box = await openFlows(options);
  open.push(box);
  await box.flows.load();
  return box;
}

const publication = (note = '', changes = {}) => ({
  id: 'support',
  document: sampleFlow('support', note),
  user: ada,
  message: `Publish ${note}`,
  ...changes,
});

describe('without git', () => {
  test('a document becomes file, version and what runs, and the draft is done with', async () => {
    const box = await opened();
    await box.flows.createDraft({ id: 'support', name: 'Support', user: 'u1' });

    const result = await box.flows.publish(publication('one', { baseVersion: null }));

    expect(result).toMatchObject({ version: 1, commit: null });
    expect(box.flows.published('support')).toMatchObject({ version: 1, flow: { description: 'one' } });
    expect(JSON.parse(await box.read('support'))).toEqual(sampleFlow('support', 'one'));
    expect(await box.flows.draft('support', 'u1')).toMatchObject({ revision: 0, baseVersion: 1, updatedAt: null });
    expect(await box.flows.versions('support')).toMatchObject([{ author: 'Ada Lovelace', message: 'Publish one' }]);
    expect((await box.restart()).published('support')?.version).toBe(1);
    expect(await readdir(box.folder)).toEqual(['support.flow.json']);
  });

  test('errors refuse it, with all issues, and change nothing', async () => {
    const box = await opened();
    const document = { ...sampleFlow(), entry: 'nowhere', fallback: { queue: 'no-such' } };

    const failing = box.flows.publish(publication('', { document }));

    await expect(failing).rejects.toMatchObject({ code: 'flow-has-errors', status: 422 });
    const { data } = await failing.catch((error) => error);
    expect(data.issues.length).toBeGreaterThanOrEqual(2);
    expect(await readdir(box.folder)).toEqual([]);
    await expect(box.flows.publish(publication('', { id: 'other' }))).rejects.toMatchObject({
      code: 'flow-has-errors',
      data: { issues: expect.arrayContaining([expect.objectContaining({ code: 'id-differs' })]) },
    });
  });

  test('two people who drew on the same version: the second is told', async () => {
    const box = await opened();
    await box.flows.publish(publication('one'));
    await box.flows.publish(publication('two', { baseVersion: 1 }));

    const late = box.flows.publish(publication('three', { baseVersion: 1 }));

    await expect(late).rejects.toMatchObject({ code: 'published-over', status: 409, data: { version: 2 } });
    expect(box.flows.published('support')?.flow.description).toBe('two');
  });

  test('what another tab of the author saved meanwhile stays their draft', async () => {
    const box = await opened();
    await box.flows.publish(publication('one'));
    const shown = await box.flows.saveDraft({ id: 'support', user: 'u1', document: sampleFlow('support', 'two') });
    await box.flows.saveDraft({ id: 'support', user: 'u1', document: sampleFlow('support', 'other tab') });

    await box.flows.publish(publication('two', { baseVersion: 1, revision: shown.revision }));

    expect(await box.flows.draft('support', 'u1')).toMatchObject({
      document: { description: 'other tab' },
      baseVersion: 1,
    });
    await box.flows.publish(publication('three', { baseVersion: 2, revision: shown.revision + 1 }));
    expect((await box.flows.draft('support', 'u1')).revision).toBe(0);
  });

  test('publications at the same moment happen one after the other', async () => {
    const box = await opened();

    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((note) => box.flows.publish(publication(note, { baseVersion: null }))),
    );

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await box.flows.versions('support')).toHaveLength(1);
  });

  test('publishing what is published already makes no version', async () => {
    const box = await opened();
    await box.flows.publish(publication('one'));

    expect(await box.flows.publish(publication('one', { baseVersion: 1 }))).toMatchObject({ version: 1 });
    await box.write('support', '{ broken by hand');
    expect(await (await box.restart()).publish(publication('one'))).toMatchObject({ version: 1 });
    expect(JSON.parse(await box.read('support')).description).toBe('one');
    expect(await box.flows.versions('support')).toHaveLength(1);
  });

  test('a file that somebody changed meanwhile is not overwritten unseen', async () => {
    const box = await opened();
    await box.flows.publish(publication('one'));
    await box.write('support', sampleFlow('support', 'by hand'));

    const over = box.flows.publish(publication('two', { baseVersion: 1 }));

    await expect(over).rejects.toMatchObject({ code: 'published-over', data: { version: 2 } });
    expect(box.flows.published('support')?.flow.description).toBe('by hand');
    await box.flows.publish(publication('two', { baseVersion: 2 }));
    expect(JSON.parse(await box.read('support')).description).toBe('two');

    await box.write('support', '{ broken by hand');
    const first = box.flows.publish(publication('three', { baseVersion: 3 }));
    await expect(first).rejects.toMatchObject({ code: 'file-changed', status: 409 });
    expect(await box.read('support')).toBe('{ broken by hand');
    expect(await box.flows.publish(publication('three', { baseVersion: 3 }))).toMatchObject({ version: 4 });
  });

  test('a file that cannot be written publishes nothing', async () => {
    const box = await opened();
    await box.flows.publish(publication('one'));
    await rm(box.folder, { recursive: true });
    await writeFile(box.folder, 'in the way');

    await expect(box.flows.publish(publication('two'))).rejects.toMatchObject({ name: 'OperationalError' });

    expect(box.flows.published('support')?.flow.description).toBe('one');
    await rm(box.folder);
    await mkdir(box.folder);
  });

  test('a store that fails leaves the former version in force; trying again, or a restart, heals', async () => {
    for (const heal of ['again', 'restart'] as const) {
      const box = await opened();
      await box.flows.publish(publication('one'));
      const { commit } = box.store;
      box.store.commit = () => Promise.reject(new Error('disk full'));
      await expect(box.flows.publish(publication('two', { baseVersion: 1 }))).rejects.toThrow('disk full');
      expect(box.flows.published('support')?.flow.description).toBe('one');
      box.store.commit = commit;

      const flows = heal === 'again' ? box.flows : await box.restart();
      if (heal === 'again') await flows.publish(publication('two', { baseVersion: 1 }));

      expect(flows.published('support')).toMatchObject({ version: 2, flow: { description: 'two' } });
      expect(await flows.versions('support')).toHaveLength(2);
    }
  });

  test('a document of hostile depth or size is refused', async () => {
    const box = await opened();
    let deep: unknown = {};
    for (let i = 0; i < 100_000; i += 1) deep = { deep };

    for (const code of ['document-too-deep', 'document-too-large']) {
      const document = { a: code === 'document-too-deep' ? deep : 'x'.repeat(6_000_000) };
      await expect(box.flows.publish(publication('', { document }))).rejects.toMatchObject({ code, status: 422 });
      await expect(box.flows.saveDraft({ id: 'x', user: 'u1', document })).rejects.toMatchObject({ code });
    }
  });
});

describe('with git', () => {
  test('one commit with the message and the author, of this file alone', async () => {
    const box = await opened({ git: true });
    await writeFile(join(box.root, 'other.txt'), 'staged by somebody');
    await box.git('add', 'other.txt');

    const result = await box.flows.publish(publication('one', { message: 'First draft\n\n# not a comment' }));

    expect(result.commit).toBe(await box.git('rev-parse', 'HEAD'));
    expect(await box.git('log', '-1', '--format=%an <%ae>|%cn|%B')).toBe(
      'Ada Lovelace <ada@example.com>|Server|First draft\n\n# not a comment',
    );
    expect(await box.git('show', '--name-only', '--format=')).toBe('flows/support.flow.json');
    expect(await box.git('status', '--porcelain')).toBe('A  other.txt\n?? .gitignore');

    await box.flows.publish(publication('two'));
    expect(await box.git('show', '--shortstat', '--format=')).toBe('1 file changed, 1 insertion(+), 1 deletion(-)');
    expect(await box.flows.versions('support')).toMatchObject([
      { commit: expect.stringMatching(/^[0-9a-f]{40}$/) },
      {},
    ]);
  });

  test('history joins the versions with the commits that none of them came from', async () => {
    const box = await opened({ git: true });
    expect(await box.flows.history('support')).toEqual([]);
    for (const note of ['long ago', 'pulled in']) {
      await box.write('support', sampleFlow('support', note));
      await box.git('add', 'flows');
      await box.git('commit', '--quiet', '-m', `Say ${note}\n\nBecause.`, '--author=Grace <g@example.com>');
    }
    const flows = await box.restart();
    await flows.publish(publication('here', { baseVersion: 1 }));

    const history = await flows.history('support');

    expect(history.map(({ version, author, message }) => [version, author, message])).toEqual([
      [2, 'Ada Lovelace', 'Publish here'],
      [1, 'Grace', 'Say pulled in'],
      [null, 'Grace', 'Say long ago\n\nBecause.'],
    ]);
    expect(history[0]).toMatchObject({
      commit: await box.git('rev-parse', 'HEAD'),
      hash: expect.stringMatching(/^\w{64}$/),
    });
    await writeFile(join(box.root, '.git/HEAD'), 'nonsense');
    expect(await flows.history('support')).toHaveLength(2);
  });

  test('names, messages and nothing configured: no shell, no injection', async () => {
    const box = await opened({ git: true, identity: false });
    const user = { id: 'u1', name: 'Eve <x@y>\n$(touch pwned)', email: '--amend' };

    await box.flows.publish(publication('one', { user, message: '--amend; `touch pwned`' }));

    expect(await box.git('log', '-1', '--format=%an|%ae|%s')).toBe(
      'Eve  x@y  $(touch pwned)|--amend|--amend; `touch pwned`',
    );
    expect(await readdir(box.root)).not.toContain('pwned');
  });

  test('a file from a commit has its author and subject', async () => {
    const box = await opened({ git: true });
    await box.write('support', sampleFlow());
    await box.git('add', 'flows');
    await box.git('commit', '--quiet', '-m', 'Pulled in', '--author=Grace Hopper <grace@example.com>');

    const flows = await box.restart();

    expect(await flows.versions('support')).toMatchObject([{ author: 'Grace Hopper', message: 'Pulled in' }]);
    await box.write('support', sampleFlow('support', 'not committed'));
    expect(await (await box.restart()).versions('support')).toMatchObject([{ author: 'file', commit: null }, {}]);
  });

  test.each([
    [
      'a hook that refuses',
      'git-refused',
      async (box: TestFlows) => {
        const hook = join(box.root, '.git/hooks/pre-commit');
        await writeFile(hook, '#!/bin/sh\necho "house rule 7" >&2\nexit 1\n');
        await chmod(hook, 0o755);
      },
    ],
    ['a lock that stays', 'git-locked', (box: TestFlows) => writeFile(join(box.root, '.git/index.lock'), '')],
    ['a detached HEAD', 'git-detached-head', (box: TestFlows) => box.git('checkout', '--quiet', '--detach')],
    ['a damaged repository', 'git-refused', (box: TestFlows) => writeFile(join(box.root, '.git/HEAD'), 'nonsense')],
  ])('%s: a clear error, and everything is as before', async (_name, code, hinder) => {
    const box = await opened({ git: true });
    await box.flows.publish(publication('one'));
    await hinder(box);

    await expect(box.flows.publish(publication('two', { baseVersion: 1 }))).rejects.toMatchObject({ code });
    const fresh = { ...sampleFlow('fresh') };
    await expect(box.flows.publish(publication('', { id: 'fresh', document: fresh }))).rejects.toMatchObject({ code });

    expect(JSON.parse(await box.read('support')).description).toBe('one');
    expect(box.flows.published('support')?.version).toBe(1);
    expect(await readdir(box.folder)).toEqual(['support.flow.json']);
    if (code === 'git-refused' && _name.includes('hook')) {
      expect(await box.git('status', '--porcelain')).toBe('?? .gitignore');
    }
    expect((await box.restart()).published('support')?.version).toBe(1);
  });

  test('a failing store after the commit: trying again makes no second commit', async () => {
    const box = await opened({ git: true });
    await box.flows.publish(publication('one'));
    const { commit } = box.store;
    box.store.commit = () => Promise.reject(new Error('disk full'));
    await expect(box.flows.publish(publication('two'))).rejects.toThrow('disk full');
    box.store.commit = commit;

    const result = await box.flows.publish(publication('two', { baseVersion: 1 }));

    expect(result).toMatchObject({ version: 2, commit: await box.git('rev-parse', 'HEAD') });
    expect(await box.git('rev-list', '--count', 'HEAD')).toBe('2');
  });

  test('flows that git is told to ignore are published without it', async () => {
    const box = await opened({ git: true });
    await writeFile(join(box.root, '.gitignore'), 'data/\nflows/\n');

    expect(await box.flows.publish(publication('one'))).toMatchObject({ version: 1, commit: null });
  });
});
