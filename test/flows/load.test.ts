import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openFlows, sampleFlow, type TestFlows } from './fixture.ts';

let box: TestFlows;
beforeEach(async () => {
  box = await openFlows();
});
afterEach(() => box.close());

describe('loading', () => {
  test('a file becomes version 1, stays it over restarts, and becomes version 2 when it changes', async () => {
    await box.write('support', sampleFlow());

    expect(await box.flows.load()).toEqual([{ file: 'support.flow.json', version: 1, issues: [] }]);
    expect(box.flows.published('support')).toMatchObject({ version: 1, flow: { name: 'Support' } });
    expect((await box.restart()).published('support')?.version).toBe(1);

    await box.write('support', sampleFlow('support', 'changed'));
    const flows = await box.restart();
    expect(flows.published('support')).toMatchObject({ version: 2, flow: { description: 'changed' } });
    expect(await flows.versions('support')).toMatchObject([{ version: 2, author: 'file' }, { version: 1 }]);
    expect((await flows.version('support', 1)).document.description).toBe('');
    await expect(flows.version('support', 9)).rejects.toMatchObject({ code: 'version-not-found', status: 404 });
  });

  test('white space and the order of keys make no version', async () => {
    await box.write('support', sampleFlow());
    await box.flows.load();

    const { id, ...rest } = sampleFlow();
    await box.write('support', `\ufeff${JSON.stringify({ ...rest, id }, null, 8)}\n\n`);

    expect((await box.restart()).published('support')?.version).toBe(1);
  });

  test('of a file with errors the last good version stays published, and the list says what is wrong', async () => {
    await box.write('support', sampleFlow());
    await box.flows.load();
    await box.write('support', { ...sampleFlow(), entry: 'nowhere' });

    const flows = await box.restart();

    expect(flows.published('support')).toMatchObject({ version: 1, flow: { entry: 'to-general' } });
    const [summary] = await flows.list('u1');
    expect(summary).toMatchObject({ id: 'support', version: 1, publishedBy: 'file', actions: 1 });
    expect(summary?.issues).toEqual(expect.arrayContaining([expect.objectContaining({ severity: 'error' })]));
  });

  test.each([
    ['{\n  "id": "support",\n  "name": oops\n}', 'json-syntax', 'support.flow.json, line 3, column 11'],
    ['{\n  "id": "support"\n  "name": 1 }', 'json-syntax', 'line 3, column 3'],
    ['{ "id": "support", }', 'json-syntax', 'line 1, column 20'],
    ['{ "id": "support"', 'json-syntax', 'line 1'],
    ['// hello\n{}', 'json-syntax', 'line 1, column 1'],
    ['', 'json-syntax', 'line 1'],
    ['{ "actions": {\n "a": 1,\n "a": 2 } }', 'json-duplicate-key', 'line 3, column 2: the key "a"'],
    ['['.repeat(1_000_000), 'json-too-deep', '200 levels'],
    ['{"a":'.repeat(300), 'json-too-deep', '200 levels'],
    [`"${'x'.repeat(6_000_000)}"`, 'file-unreadable', 'a flow may have'],
    ['null', '', ''],
    ['[]', '', ''],
    ['"text"', '', ''],
    ['{"__proto__": {"id": "support"}}', '', ''],
    [JSON.stringify(sampleFlow('other')), 'id-differs-from-file', 'Name the file other.flow.json'],
  ])('a bad file is reported and nothing else suffers: %.30s', async (text, code, words) => {
    await box.write('support', text);
    await box.write('sound', sampleFlow('sound'));

    const reports = await box.flows.load();

    const report = reports.find(({ file }) => file === 'support.flow.json');
    expect(report?.version).toBeNull();
    expect(report?.issues.length).toBeGreaterThan(0);
    if (code !== '') expect(report?.issues[0]).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(box.flows.published('support')).toBeNull();
    expect(box.flows.published('sound')?.version).toBe(1);
  });

  test('a file that is not UTF-8, a folder by the name of a flow, and a name that can be no id', async () => {
    await writeFile(join(box.folder, 'latin.flow.json'), Buffer.from('{"name":"Gr\xfc\xdfe"}', 'latin1'));
    await box.write('Bad Name', sampleFlow());
    await writeFile(join(box.folder, 'notes.txt'), 'nothing');

    const reports = await box.flows.load();

    expect(reports.map(({ file, issues }) => [file, issues[0]?.code])).toEqual([
      ['Bad Name.flow.json', 'id-differs-from-file'],
      ['latin.flow.json', 'file-unreadable'],
    ]);
    expect((await box.flows.list('u1')).map(({ id }) => id)).toEqual(['latin']);
  });

  test('a flow whose file was removed is withdrawn; a folder that is missing withdraws nothing', async () => {
    await box.write('support', sampleFlow());
    await box.write('other', sampleFlow('other'));
    await box.flows.load();

    await rm(join(box.folder, 'other.flow.json'));
    const withdrawn = await box.restart();
    expect([withdrawn.published('support')?.version, withdrawn.published('other')]).toEqual([1, null]);

    await rm(box.folder, { recursive: true });
    expect((await box.restart()).published('support')?.version).toBe(1);
  });
});
