import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeMail } from '../support/mails.ts';
import { mail, root, sampleFlow, sluice, temporaryFolder } from './sluice.ts';

let folder: string;
let urgent: string;
let tooDeep: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  urgent = join(folder, 'urgent.eml');
  tooDeep = join(folder, 'too-deep.eml');
  await writeFile(urgent, makeMail({ subject: '[URGENT] Nobody can sign in' }));
  const boxes = Array.from(
    { length: 400 },
    (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`,
  );
  await writeFile(tooDeep, `From: odd@customer.test\r\nSubject: Boxes\r\n${boxes.join('')}`);
});

describe('inspect', () => {
  test('one mail is one object that a person can read', async () => {
    const outcome = await sluice(['inspect', mail('newsletter')]);

    expect(outcome.code).toBe(0);
    expect(JSON.parse(outcome.out)).toMatchObject({
      subject: 'Our spring offers',
      isList: true,
      mayAutoRespond: false,
    });
    expect(outcome.out.split('\n').length).toBeGreaterThan(10);
  });

  test('many mails are a line each, in their order; what is no mail or not there is a line, too', async () => {
    const files = [mail('newsletter'), tooDeep, 'gone.eml', mail('out-of-office-exchange')];

    const outcome = await sluice(['inspect', ...files]);

    expect(outcome.code).toBe(2);
    expect(outcome.lines()).toMatchObject([
      { file: files[0], isAutoReply: false },
      { file: tooDeep, error: { code: 'mail-too-deep' } },
      { file: 'gone.eml', error: { code: 'file-unreadable' } },
      { file: files[3], isAutoReply: true },
    ]);
    expect(outcome.err.trim().split('\n')).toHaveLength(2);
  });

  test('a mail that is none is an answer: exit code 1', async () => {
    const outcome = await sluice(['inspect', '--json', tooDeep]);

    expect(outcome.code).toBe(1);
  });

  test('hundreds of mails come in their order', async () => {
    const names = ['newsletter', 'out-of-office-exchange', 'html-only'];
    const files = Array.from({ length: 300 }, (_, i) => mail(names[i % names.length] ?? ''));

    const outcome = await sluice(['inspect', ...files]);

    expect(outcome.code).toBe(0);
    expect(outcome.lines().map(({ file }) => file)).toEqual(files);
  });

  test('standard input is -', async () => {
    const outcome = await sluice(['inspect', '--json', '-'], { input: await readFile(mail('newsletter')) });

    expect(outcome.lines()).toMatchObject([{ file: '-', subject: 'Our spring offers' }]);
  });

  test('a reader that stops early gets no stack trace', async () => {
    const files = Array.from({ length: 200 }, () => mail('newsletter'));
    const child = spawn(process.execPath, [join(root, 'runtime/sluice.js'), 'inspect', ...files]);
    let err = '';
    child.stderr.on('data', (chunk) => (err += chunk));
    await once(child.stdout, 'data');

    child.stdout.destroy();
    const [code] = await once(child, 'close');

    expect([code, err]).toEqual([0, '']);
  });
});

describe('run', () => {
  test('one mail: how it ended, every step, and why', async () => {
    const outcome = await sluice(['run', sampleFlow, urgent]);

    expect(outcome.code).toBe(0);
    expect(JSON.parse(outcome.out)).toMatchObject({
      ending: { type: 'transfer-to-queue', queue: 'priority-support', priority: 10 },
      steps: [
        { action: 'auto-reply', type: 'decision', outcome: 'no' },
        { action: 'urgent', outcome: 'yes' },
        { action: 'p10', outcome: 'done' },
        { action: 'to-priority' },
      ],
      effects: [],
      email: { subject: '[URGENT] Nobody can sign in' },
    });
  });

  test('many mails are a line each; a bad one is named and does not stop the others', async () => {
    const files = [mail('out-of-office-exchange'), tooDeep, mail('newsletter')];

    const outcome = await sluice(['run', sampleFlow, ...files]);

    expect(outcome.code).toBe(1);
    expect(outcome.lines()).toMatchObject([
      { file: files[0], ending: { type: 'disconnect', reason: 'automatic reply' } },
      { file: files[1], error: { code: 'mail-too-deep' } },
      { file: files[2], ending: { queue: 'general' }, effects: [{ type: 'auto-response', allowed: false }] },
    ]);
  });

  test('flow or mail may come from standard input', async () => {
    const flowFromInput = await sluice(['run', '--json', '-', urgent], { input: await readFile(sampleFlow) });
    const mailFromInput = await sluice(['run', '--json', sampleFlow, '-'], { input: await readFile(urgent) });

    expect(flowFromInput.lines()).toMatchObject([{ ending: { queue: 'priority-support' } }]);
    expect(mailFromInput.lines()).toMatchObject([{ file: '-', ending: { queue: 'priority-support' } }]);
  });

  test('a flow that is none runs nothing: its issues, exit code 1', async () => {
    const broken = join(folder, 'broken.flow.json');
    await writeFile(broken, (await readFile(sampleFlow, 'utf8')).replace('"type": "disconnect"', '"type": "explode"'));

    const outcome = await sluice(['run', '--json', broken, urgent]);

    expect(outcome.code).toBe(1);
    expect(outcome.lines()).toMatchObject([{ file: broken, issues: [{ path: '/actions/drop/type' }] }]);
    expect(outcome.err).toContain('explode');
  });

  test('a data action calls its service only where the address is allowed', async () => {
    const service = createServer((_request, response) => response.end('{"category":"billing"}'));
    await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
    // A listening TCP server's address is never a string or null.
    const address = `127.0.0.1:${(service.address() as AddressInfo).port}`;
    const asking = join(folder, 'asking.flow.json');
    await writeFile(asking, JSON.stringify(askingFlow(`http://${address}/classify`)));

    const refused = await sluice(['run', '--json', asking, urgent]);
    const allowed = await sluice(['run', '--json', '--allow', address, asking, urgent]);
    await new Promise((done) => service.close(done));

    expect(refused.lines()).toMatchObject([{ ending: { queue: 'general' }, steps: [{ outcome: 'failure' }, {}] }]);
    expect(allowed.lines()).toMatchObject([{ ending: { queue: 'billing' }, variables: { category: 'billing' } }]);
  });
});

function askingFlow(url: string): object {
  return {
    id: 'asking',
    name: 'Asking',
    type: 'inbound-email',
    variables: [{ name: 'category', type: 'string', initial: '' }],
    fallback: { queue: 'general' },
    entry: 'ask',
    actions: {
      ask: {
        type: 'data-action',
        name: 'Ask',
        settings: {
          method: 'POST',
          url,
          body: { subject: '{{ email.subject }}' },
          response: [{ variable: 'category', pointer: '/category' }],
        },
        next: { success: 'billing', failure: 'general', timeout: 'general' },
      },
      billing: { type: 'transfer-to-queue', name: 'Billing', settings: { queue: 'billing' } },
      general: { type: 'transfer-to-queue', name: 'General', settings: { queue: 'general' } },
    },
  };
}
