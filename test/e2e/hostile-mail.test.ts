import { readFile } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import nodemailer from 'nodemailer';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { cleanMailHtml, frameDocument, frameSandbox } from '../../designer/pages/interactions/clean-mail-html.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { writeTnef } from '../support/tnef.ts';
import { until } from '../support/until.ts';
import { launchBrowser, patienceMs } from './browser.ts';
import { seriousFindings } from './support/accessibility.ts';
import { hostileHtml } from './support/hostile-html.ts';
import { goTo, setUpAdministrator } from './support/people.ts';

let server: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let evil: HttpServer;
let evilUrl: string;
/** Vectors that ran a script, and those whose address was called. */
const ran = new Set<number>();
const called = new Set<number>();
/** What the attacker's server was asked with. */
const calls: { url: string; headers: Readonly<Record<string, unknown>> }[] = [];

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  evil = createServer((request, response) => {
    const number = /^\/hit\/(\d+)/.exec(request.url ?? '')?.[1];
    if (number !== undefined) called.add(Number(number));
    calls.push({ url: request.url ?? '', headers: request.headers });
    const isPicture = number !== undefined || request.url?.startsWith('/news/');
    if (request.url === '/bare') response.setHeader('content-type', 'text/html').end('<!doctype html><body>');
    else if (isPicture) response.setHeader('content-type', 'image/png').end(png);
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => evil.listen(0, '127.0.0.1', done));
  evilUrl = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
  const env = { SLUICE_PICTURES_ALLOW: new URL(evilUrl).host };
  [server, browser] = await Promise.all([startServer({ env }), launchBrowser()]);
  context = await browser.newContext({ baseURL: server.url, viewport: { width: 1300, height: 900 } });
  context.setDefaultTimeout(patienceMs);
  await context.exposeFunction('ran', (number: number) => void ran.add(number));
  page = await context.newPage();
  await setUpAdministrator(page);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  evil?.close();
});

test('no way to run a script, call a server or lead the page away gets through any of the walls', async () => {
  const vectors = hostileHtml(evilUrl).map(({ html }) => html);
  await page.evaluate(await bundledCleaner());
  const { sandbox, framed, shown } = await page.evaluate((htmls) => {
    const cleaner: Cleaner = Reflect.get(window, 'cleaner');
    return {
      sandbox: cleaner.frameSandbox,
      framed: htmls.map((html) => cleaner.frameDocument(html)),
      shown: htmls.map((html) => cleaner.cleanMailHtml(html).document),
    };
  }, vectors);
  const before = page.url();

  // Without any wall, in a page of its own: what a browser of today falls for.
  const bare = await triedApart(vectors);
  const walls = {
    cleaning: await triedApart(shown.map(withoutPolicy)),
    // In a page without a policy of its own: a frame inherits that of the page it stands in.
    frame: await triedApart(framed, sandbox),
    all: await tried(page, shown, sandbox),
  };
  // The halves of the frame, each without the other: of these only the policy keeps calls in.
  const ranUnder = { policy: (await triedApart(framed)).ran, sandbox: (await triedApart(vectors, sandbox)).ran };

  console.log(`${vectors.length} vectors: unguarded, ${bare.ran.length} ran and ${bare.called.length} called out`);
  expect(vectors.length).toBeGreaterThan(100);
  expect(bare.ran.length).toBeGreaterThan(25);
  expect(bare.called.length).toBeGreaterThan(25);
  const nothing = { ran: [], called: [] };
  expect(walls).toEqual({ cleaning: nothing, frame: nothing, all: nothing });
  expect(ranUnder).toEqual({ policy: [], sandbox: [] });
  expect(page.url()).toBe(before);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Start');
});

test('a mail shows its own pictures, loads others only when asked, and gives its attachments as downloads', async () => {
  const id = await sendPictureMail();
  await page.goto(`/interactions/${id}`);

  await page.getByRole('tab', { name: 'HTML' }).click();
  await page.getByText('3 remote items were not loaded').waitFor();
  const frame = page.frameLocator('iframe[title="The mail as HTML"]');
  await frame.locator('img[alt="inside"][src^="data:image/png"]').waitFor();
  expect(await frame.locator('img[alt="outside"][src]').count()).toBe(0);
  expect(calls.filter(({ url }) => url.startsWith('/news/'))).toEqual([]);

  await page.getByRole('button', { name: 'Load pictures' }).click();
  await page.getByText(/2 remote pictures loaded, 1 failed \(.*no address of the public internet/).waitFor();
  await frame.locator('img[alt="outside"][src^="data:image/png"]').waitFor();
  expect(await frame.locator('p').evaluate((element) => getComputedStyle(element).backgroundImage)).toContain(
    'data:image',
  );
  const asked = calls.filter(({ url }) => url.startsWith('/news/'));
  expect(asked.map(({ url }) => url).sort()).toEqual(['/news/back.png', '/news/logo.png?u=42&v=1']);
  for (const { headers } of asked) {
    expect(headers).not.toHaveProperty('cookie');
    expect(headers).not.toHaveProperty('referer');
    expect(headers).not.toHaveProperty('user-agent');
  }

  await page.getByRole('tab', { name: 'Attachments' }).click();
  const list = page.getByRole('list', { name: 'Attachments' });
  await list.getByText('may run a program').waitFor();
  expect(await list.getByRole('link').allInnerTexts()).toContain('invoicefdp.exe');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    list.getByRole('link', { name: 'invoicefdp.exe' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('invoicefdp.exe');
  expect(await readFile(await download.path(), 'utf8')).toBe('MZ not really');
});

test('thousands of links are shown to the last, who gets the answers stands beside who wrote, and files come out of winmail.dat', async () => {
  const id = await sendEndlessMail();
  await page.goto(`/interactions/${id}`);

  await page.getByText('answers go to desk@elsewhere.example').waitFor();
  await page.getByText('Customer', { exact: true }).waitFor();
  await page.getByRole('tab', { name: 'HTML' }).click();
  const frame = page.frameLocator('iframe[title="The mail as HTML"]');
  await frame.getByText('link 2999', { exact: true }).waitFor();
  expect(await frame.getByRole('link').count()).toBe(3_000);

  await page.getByRole('tab', { name: 'Attachments' }).click();
  const list = page.getByRole('list', { name: 'Attachments' });
  await list.getByText('unpacked from winmail.dat').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    list.getByRole('link', { name: 'order.csv' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toBe('lamp;1');
  expect(await seriousFindings(page)).toEqual([]);
});

test('a mail in quarantine tells why, shows its source, is repaired, and another is deleted', async () => {
  await sendBombs(['Boxes in boxes', 'Boxes for nobody']);
  await goTo(page, 'Quarantine');
  const list = page.getByRole('table', { name: 'Quarantine' });
  await list
    .getByText(/nests more than 50 multiparts/)
    .first()
    .waitFor();
  expect(await seriousFindings(page)).toEqual([]);

  await list.getByRole('link', { name: 'Boxes in boxes' }).click();
  await page.getByText('Please call me.⟨right-to-left override⟩␇').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Repair' }).click();
  const dialog = page.getByRole('dialog', { name: 'Repair this mail' });
  await dialog.getByRole('button', { name: 'Read it so' }).click();
  await page.getByText('General support · priority 0').first().waitFor();
  await page.getByText(/had it read differently: read as one plain text/).waitFor();

  await goTo(page, 'Quarantine');
  await list.getByRole('link', { name: 'Boxes for nobody' }).click();
  const remove = page.getByRole('main').getByRole('button', { name: 'Delete' });
  await remove.click();
  const question = page.getByRole('dialog', { name: 'Delete this mail?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'hidden' });
  await remove.click();
  await question.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Nothing in quarantine').waitFor();
  await goTo(page, 'Ledger');
  await page.getByText(/deleted by .* mail-too-deep/).waitFor();
});

test('an answer stands in its conversation, a stranger’s waits for its release, and mails are merged and split', async () => {
  const question = await sendMail('Where is my lamp?', { from: 'vera@customer.example' });
  const sent = await server.api<{ items: { id: string }[] }>('GET', `/api/outbox?interaction=${question}`);
  const answer = await server.api<{ messageId: string }>('GET', `/api/outbox/${sent.items[0]?.id}`);
  await sendMail('It has come', { from: 'vera@customer.example', inReplyTo: `<${answer.messageId}>` });
  const stranger = await sendMail('Pay here', { from: 'mallory@evil.example', inReplyTo: `<${answer.messageId}>` });
  await sendMail('Lamp, again', { from: 'vera@customer.example' });

  await goTo(page, 'Quarantine');
  await page.getByRole('tab', { name: /^Held/ }).click();
  const held = page.getByRole('table', { name: 'Held' });
  await held.getByText(/mallory@evil.example answers a conversation/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await held.getByRole('link', { name: 'Pay here' }).click();
  await page.waitForURL(`**/interactions/${stranger}`);
  await page.getByText(/mallory@evil.example answers a conversation without having had a part in it/).waitFor();
  const mails = page.getByRole('list', { name: 'Mails of the conversation' }).getByRole('listitem');
  await expect.poll(() => mails.count()).toBe(3);
  await page.getByRole('button', { name: 'Release' }).click();
  await page.getByText('General support · priority 0').first().waitFor();
  await page.getByRole('button', { name: 'Split off' }).click();
  await page.getByText('No other mail belongs to this one').waitFor();

  await page.getByRole('button', { name: 'Merge' }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge into a conversation' });
  await dialog.getByRole('combobox', { name: 'Mail' }).fill('Lamp, again');
  await page.getByRole('option', { name: /Lamp, again/ }).click();
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => mails.count()).toBe(2);
  await page.getByText(/merged it: into/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});

interface Cleaner {
  frameSandbox: typeof frameSandbox;
  frameDocument: typeof frameDocument;
  cleanMailHtml: typeof cleanMailHtml;
}

/** The very code of the designer, for the browser. */
async function bundledCleaner(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: {
        entry: resolve(import.meta.dirname, '../../designer/pages/interactions/clean-mail-html.ts'),
        formats: ['iife'],
        name: 'cleaner',
      },
    },
  });
  const [bundle] = [result].flat();
  if (bundle === undefined || !('output' in bundle)) throw new Error('Nothing was built');
  return bundle.output[0].code;
}

async function openBarePage(): Promise<Page> {
  const bare = await context.newPage();
  await bare.goto(`${evilUrl}/bare`);
  return bare;
}

function withoutPolicy(document: string): string {
  return document.replace(/<meta http-equiv=[^>]*>/, '');
}

/** The same in a page of its own, which is closed after: what got through there goes on running beside the next tests otherwise. */
async function triedApart(documents: readonly string[], sandbox: string | null = null) {
  const bare = await openBarePage();
  const found = await tried(bare, documents, sandbox);
  await bare.close();
  return found;
}

/** Shows every document in a frame of its own, all at once, and tells by number which of them ran a script or called out. */
async function tried(where: Page, documents: readonly string[], sandbox: string | null) {
  ran.clear();
  called.clear();
  await where.evaluate(
    async ([htmls, permissions]) => {
      const loaded = htmls.map((html) => {
        const frame = document.createElement('iframe');
        if (permissions !== null) frame.setAttribute('sandbox', permissions);
        frame.srcdoc = html;
        const isLoaded = new Promise((done) => frame.addEventListener('load', done, { once: true }));
        document.body.append(frame);
        return isLoaded;
      });
      await Promise.all(loaded);
    },
    [documents, sandbox] as const,
  );
  await untilBrowserHadTime();
  const found = { ran: [...ran].filter((number) => number >= 0).sort(), called: [...called].sort() };
  await where.evaluate(() => {
    for (const frame of document.querySelectorAll('iframe[srcdoc]')) frame.remove();
  });
  return found;
}

/** What is to be late everywhere else has come here: a picture, a script behind it, and a frame that is led away. */
async function untilBrowserHadTime(): Promise<void> {
  const control = await openBarePage();
  await control.evaluate((url) => {
    for (const html of [
      `<img src=x onerror="setTimeout(() => requestAnimationFrame(() => ran(-1)), 300)">`,
      `<meta http-equiv=refresh content="0;url=${url}/hit/99999">`,
    ]) {
      const frame = document.createElement('iframe');
      frame.srcdoc = html;
      document.body.append(frame);
    }
  }, evilUrl);
  await until('the control has run', async () => ran.has(-1) && called.has(99_999));
  called.delete(99_999);
  await control.close();
}

async function sendPictureMail(): Promise<string> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  await transport.sendMail({
    from: 'news@shop.example',
    to: 'support@demo.test',
    subject: 'Pictures of all kinds',
    text: 'See the pictures.',
    html: `<p style="background:url(${evilUrl}/news/back.png)"><img alt="inside" src="cid:logo@shop"><img alt="outside" src="${evilUrl}/news/logo.png?u=42&amp;v=1"><img alt="private" src="http://10.1.2.3/x.png"></p>`,
    attachments: [
      { cid: 'logo@shop', filename: 'logo.png', content: png },
      { filename: '../../invoice\u202efdp.exe', content: 'MZ not really' },
    ],
  });
  transport.close();
  return handled('Pictures of all kinds');
}

async function sendEndlessMail(): Promise<string> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  const links = Array.from({ length: 3_000 }, (_, i) => `<td><a href="https://shop.example/${i}">link ${i}</a></td>`);
  await transport.sendMail({
    from: 'Customer <ann@customer.example>',
    replyTo: 'desk@elsewhere.example',
    to: 'support@demo.test',
    subject: 'Links without end',
    text: 'See the links.',
    html: `<table><tr>${links.join('</tr><tr>')}</tr></table><p>${'word '.repeat(100_000)}</p>`,
    attachments: [
      {
        filename: 'winmail.dat',
        contentType: 'application/ms-tnef',
        content: writeTnef({ files: [{ name: 'order.csv', content: 'lamp;1' }] }),
      },
    ],
  });
  transport.close();
  return handled('Links without end');
}

async function sendBombs(subjects: readonly string[]): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  const deep = Array.from({ length: 400 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}`);
  for (const subject of subjects) {
    const lines = ['From: odd@customer.example', 'To: support@demo.test', `Subject: ${subject}`, ...deep];
    const raw = [...lines, 'Please call me.\u202e\u0007'].join('\r\n');
    await transport.sendMail({ envelope: { from: 'odd@customer.example', to: ['support@demo.test'] }, raw });
  }
  transport.close();
  await until('both are in quarantine', async () => {
    const found = await server.api<{ items: unknown[] }>('GET', '/api/interactions?state=quarantined');
    return found.items.length === subjects.length;
  });
}

async function sendMail(subject: string, { from, inReplyTo }: { from: string; inReplyTo?: string }): Promise<string> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: server.ports.smtp, ignoreTLS: true });
  await transport.sendMail({ from, to: 'support@demo.test', subject, text: 'Hello', ...(inReplyTo && { inReplyTo }) });
  transport.close();
  return handled(subject);
}

/** The interaction of the mail with this subject, once it is settled. */
async function handled(subject: string): Promise<string> {
  let id = '';
  await until('the mail is handled', async () => {
    const search = encodeURIComponent(subject);
    const found = await server.api<{ items: { id: string; state: string }[] }>(
      'GET',
      `/api/interactions?search=${search}`,
    );
    id = found.items.find(({ state }) => state !== 'received')?.id ?? '';
    return id !== '';
  });
  return id;
}
