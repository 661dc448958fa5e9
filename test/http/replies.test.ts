import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { InteractionsPage } from '../../schemas/api/interactions.ts';
import type { OutboxPage } from '../../schemas/api/outbox.ts';
import type { Replies, SentReply } from '../../schemas/api/replies.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import type { HttpClient } from './support/http-client.ts';
import { type MailToSend, sendMails } from './support/send-mail.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
let sink: SmtpSink;
let ana: HttpClient;
let ben: HttpClient;

beforeAll(async () => {
  [http, sink] = await Promise.all([startHttp(), startSmtpSink()]);
  const token = async (name: string) => (await http.admin.post('/api/tokens', { name, role: 'agent' })).json.token;
  ana = http.withToken(await token('Ana'));
  ben = http.withToken(await token('Ben'));
  const way = { type: 'smtp', name: 'relay', host: '127.0.0.1', port: sink.port, security: 'none' };
  await http.admin.post('/api/outbound-mailboxes', way);
  for (const [id, address, group] of [
    ['desk', 'desk@demo.test', 'Support'],
    ['billing', 'billing@demo.test', 'Support'],
    ['boss', 'boss@demo.test', 'Heads'],
  ]) {
    await http.admin.post('/api/from-addresses', { id, address, name: `The ${id}`, group });
  }
  const answers = { from: 'desk', signature: 'The desk', replyToken: true, bcc: ['archive@elsewhere.test'] };
  await http.admin.patch('/api/routes/support', answers);
}, 60_000);
afterAll(async () => {
  await http.stop();
  await sink.stop();
});

let keys = 0;
function body(changes: object = {}) {
  keys += 1;
  const usual = { to: ['vera@example.test'], subject: 'Re: Lamp', text: 'It comes tomorrow.', holdSeconds: 0 };
  return { key: `key-number-${keys}`, ...usual, ...changes };
}

/** A mail that has come, claimed by Ana. */
async function claimed(mail: MailToSend = {}): Promise<string> {
  const [id = ''] = await sendMails(http, [{ subject: 'Lamp', ...mail }]);
  await ana.post(`/api/interactions/${id}/claim`, {});
  return id;
}
const send = (id: string, changes: object = {}, by = ana) => by.post(`/api/interactions/${id}/replies`, body(changes));
const repliesOf = async (id: string) => (await ana.get(`/api/interactions/${id}/replies`)).json.items;

/** What the sink got of a person's answers since `from`, without the acknowledgement of the flow. */
const answersSince = (from: number) =>
  sink.mails.slice(from).filter(({ raw }) => !raw.toString().includes('Auto-Submitted'));

test('an answer leaves as a person’s mail, and what comes back to its Reply-To alone joins the conversation', async () => {
  const headers = { 'Message-ID': '<question@example.test>' };
  const question = await claimed({ headers });
  const before = sink.mails.length;

  const sent = await send(question, { finish: true });

  expect(sent.status).toBe(201);
  await until('it is sent, to the customer and to the archive', () => answersSince(before).length === 2);
  await until('it says so', async () => (await repliesOf(question))[0].mails[0].state === 'sent');
  const { from, raw } = answersSince(before).find(({ to }) => to[0] === 'vera@example.test') ?? { from: '', raw: '' };
  const mail = await simpleParser(raw);
  expect(mail.from?.value).toEqual([{ address: 'desk@demo.test', name: 'The desk' }]);
  expect(from).toBe('desk@demo.test');
  expect(mail).toMatchObject({ subject: 'Re: Lamp', inReplyTo: '<question@example.test>' });
  expect(mail.text?.trimEnd()).toBe('It comes tomorrow.\n\n-- \nThe desk');
  expect(raw.toString()).not.toMatch(/^(auto-submitted|x-auto-response-suppress|bcc):/im);
  const replyTo = mail.replyTo?.value[0]?.address ?? '';
  expect(replyTo).toMatch(/^support\+[0-9a-z]{26}\.[a-z2-7]{16}@demo\.test$/);
  expect((await ana.get(`/api/interactions/${question}`)).json).toMatchObject({
    state: 'done',
    byHand: [{ action: 'answer', detail: 'to vera@example.test' }],
  });

  const forged = replyTo.replace(/\.(.)(.{15})@/, (_, first, rest) => `.${first === 'a' ? 'b' : 'a'}${rest}@`);
  const back = (to: string, sender: string) =>
    `From: ${sender}\r\nTo: ${to}\r\nSubject: thanks\r\nMessage-ID: <${Math.random()}@x.test>\r\n\r\nThanks\r\n`;
  const [joined = '', stranger = '', other = ''] = await sendMails(http, [
    { raw: back(replyTo.toUpperCase(), 'vera@example.test'), to: replyTo.toUpperCase() },
    { raw: back(replyTo, 'mallory@elsewhere.test'), to: replyTo },
    { raw: back(forged, 'vera@example.test'), to: forged },
  ]);

  const { items } = (await ana.get(`/api/interactions/${question}/conversation`)).json;
  expect(items.map(({ id, how, state }: { id: string; how: string; state: string }) => [id, how, state])).toEqual([
    [question, null, 'done'],
    [joined, 'token', 'queued'],
    [stranger, 'token', 'held'],
  ]);
  expect((await ana.get(`/api/interactions/${other}/conversation`)).json.items).toHaveLength(1);
}, 60_000);

test('an answer is sent once, however often it is asked for, also at the same moment', async () => {
  const id = await claimed();
  const before = sink.mails.length;
  const same = body();
  const ask = () => ana.post(`/api/interactions/${id}/replies`, same);

  const answers = await Promise.all([ask(), ask(), ask()]);
  answers.push(await ask());

  expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
  await until('it is sent', async () => (await repliesOf(id))[0]?.mails[0]?.state === 'sent');
  expect(await repliesOf(id)).toHaveLength(1);
  expect(answersSince(before).filter(({ to }) => to[0] === 'vera@example.test')).toHaveLength(1);
});

test('only who holds the mail answers it, and not when somebody else has answered the conversation meanwhile', async () => {
  const [id = ''] = await sendMails(http, [{ subject: 'Lamp', headers: { 'Message-ID': '<two@example.test>' } }]);

  const unclaimed = await send(id);
  await ben.post(`/api/interactions/${id}/claim`, {});
  const others = await send(id);
  const bens = await send(id, { lastSeen: '' }, ben);
  await ben.post(`/api/interactions/${id}/release`);
  await ana.post(`/api/interactions/${id}/claim`, {});
  const unseen = await send(id, { lastSeen: '' });
  const seen = await send(id, { lastSeen: bens.json.id });

  expect([unclaimed, others, unseen].map(({ status, json }) => [status, json.code])).toEqual([
    [409, 'not-claimed'],
    [409, 'not-claimed'],
    [409, 'answered-meanwhile'],
  ]);
  expect([unclaimed.json.detail, others.json.detail]).toEqual([
    'You do not have this mail. Claim it before you answer it.',
    'Somebody else has this mail. You can answer it once it is released and you have claimed it.',
  ]);
  expect(unseen.json.detail).toContain('Ben has answered');
  expect(seen.status).toBe(201);
});

test('a claim that is over by a moment answers nothing, though the mail is not back in its queue yet', async () => {
  const id = await claimed();
  const database = new DatabaseSync(join(http.folder, 'data/sluice.db'), { timeout: 5_000 });
  database.prepare('update interactions set claimed_until = ? where id = ?').run(Date.now() - 1, id);
  database.close();

  const late = await send(id);

  expect([late.status, late.json.code]).toEqual([409, 'not-claimed']);
  expect(await repliesOf(id)).toEqual([]);
});

test('it goes to people alone: ourselves, mail servers, half addresses, crowds and injected headers are refused in words', async () => {
  const id = await claimed();
  const refused: [object, number, string][] = [
    [{ to: ['support@demo.test'] }, 422, 'own-recipient'],
    [{ to: ['Support+x@Demo.test'] }, 422, 'own-recipient'],
    [{ to: ['vera@example.test'], cc: ['anybody@demo.test'] }, 422, 'own-recipient'],
    [{ to: ['MAILER-DAEMON@example.test'] }, 422, 'machine-recipient'],
    [{ to: ['vera@example.test, kim@example.test'] }, 422, 'bad-address'],
    [{ to: ['vera@example.test\r\nBcc: kim@example.test'] }, 422, 'bad-address'],
    [{ to: ['vera'] }, 422, 'bad-address'],
    [{ cc: Array.from({ length: 20 }, (_, i) => `kim${i}@example.test`) }, 422, 'too-many-recipients'],
    [{ subject: 'Lamp\r\nBcc: kim@example.test' }, 422, 'invalid-body'],
    [{ from: 'boss' }, 403, 'from-not-offered'],
    [{ from: 'nobody' }, 403, 'from-not-offered'],
  ];

  for (const [changes, status, code] of refused) {
    const answer = await send(id, changes);
    expect([changes, answer.status, answer.json.code]).toEqual([changes, status, code]);
  }

  expect(await repliesOf(id)).toEqual([]);
});

test('a report of a mail server and a mail without a sender cannot be answered', async () => {
  const bounce = {
    raw: 'From: MAILER-DAEMON@relay.test\r\nTo: support@demo.test\r\nSubject: Undelivered Mail Returned to Sender\r\nX-Failed-Recipients: a@b.test\r\n\r\nNo.\r\n',
  };
  const [report = '', nobody = ''] = await sendMails(http, [
    bounce,
    { raw: 'To: support@demo.test\r\nSubject: who?\r\n\r\nHello\r\n' },
  ]);

  for (const [id, words] of [
    [report, /report of a mail server/],
    [nobody, /names no sender/],
  ] as const) {
    const answer = await send(id);
    expect(answer.json).toMatchObject({ code: 'not-answerable', detail: expect.stringMatching(words) });
    expect((await ana.get(`/api/interactions/${id}/reply`)).json).toMatchObject({
      problem: answer.json.detail,
      to: [],
    });
  }
});

test('the start names whom to answer, as whom, and what is odd; groups of route and queue widen the choice', async () => {
  const id = await claimed({
    headers: { 'Reply-To': 'mallory@elsewhere.test', Cc: 'kim@example.test, support@demo.test, billing+7@demo.test' },
  });
  const start = async () => (await ana.get(`/api/interactions/${id}/reply`)).json;
  const senders = async () => (await start()).senders.map((each: { id: string }) => each.id);

  expect(await start()).toMatchObject({
    problem: '',
    to: ['mallory@elsewhere.test'],
    toAll: { to: ['mallory@elsewhere.test'], cc: ['kim@example.test'] },
    subject: 'Re: Lamp',
    signature: 'The desk',
    warnings: [expect.stringContaining('answers go to mallory@elsewhere.test')],
    draft: null,
  });
  expect(await senders()).toEqual(['desk', 'billing']);
  await http.admin.patch('/api/queues/general', { fromGroups: ['Heads'] });
  expect(await senders()).toEqual(['desk', 'boss']);
  await http.admin.patch('/api/routes/support', { fromGroups: ['Support'] });
  expect(await senders()).toEqual(['desk', 'billing', 'boss']);
  const used = (await http.admin.get('/api/from-addresses')).json.items;
  expect(used.map(({ usedBy }: { usedBy: object }) => usedBy)).toMatchObject([
    { routes: ['support'], agentsOf: { routes: ['support'], queues: [] } },
    { routes: [], agentsOf: { routes: ['support'], queues: [] } },
    { routes: [], agentsOf: { routes: [], queues: ['general'] } },
  ]);
  await http.admin.patch('/api/queues/general', { fromGroups: [] });
  await http.admin.patch('/api/routes/support', { fromGroups: null });
});

test('what waits can be taken back by its writer alone: the draft and the claim are there again', async () => {
  const id = await claimed();
  const draft = { to: ['vera@example.test'], cc: [], subject: 'Re: Lamp', text: 'It c', quote: false };
  await ana.put(`/api/interactions/${id}/reply-draft`, draft);
  const drafted = (await ana.get(`/api/interactions/${id}/reply`)).json.draft;
  const bens = (await ben.get(`/api/interactions/${id}/reply`)).json.draft;
  const before = sink.mails.length;

  const { json: reply } = await send(id, { holdSeconds: 60, finish: true, from: 'billing', cc: ['kim@example.test'] });
  const sentDraft = (await ana.get(`/api/interactions/${id}/reply`)).json.draft;
  const byBen = await ben.post(`/api/interactions/${id}/replies/${reply.id}/take-back`);
  const [again, back] = await Promise.all([
    ana.post(`/api/interactions/${id}/replies/${reply.id}/take-back`),
    ana.post(`/api/interactions/${id}/replies/${reply.id}/take-back`),
  ]);

  expect(drafted).toMatchObject(draft);
  expect([bens, sentDraft]).toEqual([null, null]);
  expect(reply).toMatchObject({ from: 'billing@demo.test', mails: [{ state: 'waiting' }, { to: 'kim@example.test' }] });
  expect(reply.heldForMs).toBeGreaterThan(0);
  expect([byBen.status, byBen.json.code]).toEqual([403, 'not-your-reply']);
  expect([again.json, back.json]).toMatchObject([
    { isTakenBack: true, mails: [] },
    { isTakenBack: true, mails: [] },
  ]);
  expect((await ana.get(`/api/interactions/${id}`)).json).toMatchObject({ state: 'claimed' });
  expect((await ana.get(`/api/interactions/${id}/reply`)).json.draft).toMatchObject({
    ...draft,
    text: 'It comes tomorrow.',
    cc: ['kim@example.test'],
    from: 'billing',
  });
  const gone = await send(id);
  await until('it is sent', async () => (await repliesOf(id)).at(-1)?.mails[0]?.state === 'sent');
  const late = await ana.post(`/api/interactions/${id}/replies/${gone.json.id}/take-back`);
  expect([late.status, late.json.code]).toEqual([409, 'reply-left']);
  expect(answersSince(before).filter(({ to }) => to[0] === 'vera@example.test')).toHaveLength(1);
});

test('writing keeps the claim, and throwing the draft away leaves none', async () => {
  const id = await claimed();
  await ana.post(`/api/interactions/${id}/claim`, { leaseSeconds: 10 });
  const until1 = (await ana.get(`/api/interactions/${id}`)).json.claimedUntil;

  await ana.put(`/api/interactions/${id}/reply-draft`, { to: [], cc: [], subject: '', text: 'It', quote: true });
  const until2 = (await ana.get(`/api/interactions/${id}`)).json.claimedUntil;
  await ana.delete(`/api/interactions/${id}/reply-draft`);

  expect(Date.parse(until2) - Date.parse(until1)).toBeGreaterThan(600_000);
  expect((await ana.get(`/api/interactions/${id}/reply`)).json.draft).toBeNull();
});

test('people’s answers are held back by no budget, and use up none of the flow’s', async () => {
  const from = 'talker@example.test';
  const id = await claimed({ from });
  for (let number = 0; number < 12; number += 1) {
    expect((await send(id, { to: [from] })).status).toBe(201);
  }

  const [next = ''] = await sendMails(http, [{ subject: 'Another thing', from }]);

  const { items } = (await http.admin.get(`/api/outbox?interaction=${next}`)).json;
  expect(items.filter(({ kind }: { kind: string }) => kind === 'auto-response')).toMatchObject([
    { state: expect.not.stringMatching('withheld') },
  ]);
}, 60_000);

test('an answer to what no flow answered is found by references, too, when its own id was lost', async () => {
  const headers = { 'Message-ID': '<silent@example.test>' };
  const question = await claimed({ subject: '[URGENT] Lamp', headers });
  await send(question);

  const [back = ''] = await sendMails(http, [
    { subject: 'x', headers: { References: '<other@x.test> <silent@example.test>' } },
  ]);

  const { items } = (await ana.get(`/api/interactions/${back}/conversation`)).json;
  expect(items.map(({ id, how }: { id: string; how: string }) => [id, how])).toEqual([
    [question, null],
    [back, 'references'],
  ]);
});

test('a report of failure that quotes the answer counts for the recipient that it names, and puts the finished mail back', async () => {
  const id = await claimed();
  const { json: reply } = await send(id, { cc: ['kim@example.test'], finish: true });
  const states = async () => (await repliesOf(id)).at(-1).mails.map(({ state }: { state: string }) => state);
  await until('both are sent', async () => (await states()).every((state: string) => state === 'sent'));
  const { messageId } = (await ana.get(`/api/outbox/${reply.mails[0].id}`)).json;
  const report = [
    'From: MAILER-DAEMON@relay.example.test',
    'To: desk@demo.test',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relay.example.test',
    '',
    'Final-Recipient: rfc822; Kim@example.test',
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${messageId}>`,
    '',
    '--b--',
    '',
  ].join('\r\n');

  await sendMails(http, [{ raw: report, to: 'desk@demo.test' }]);
  const { json: back } = await ana.get(`/api/interactions/${id}`);
  const waiting = (await ana.get('/api/queues/general/interactions')).json.items.map((mail: { id: string }) => mail.id);
  await ana.post(`/api/interactions/${id}/claim`, {});
  await ana.post(`/api/interactions/${id}/finish`, {});
  await sendMails(http, [{ raw: report.replace('Subject: ', 'Subject: Again: '), to: 'desk@demo.test' }]);

  expect(await states()).toEqual(['sent', 'bounced']);
  const reason = expect.stringMatching(
    /^answer-failed: The answer to kim@example\.test did not arrive\. Not delivered/,
  );
  expect(back).toMatchObject({ state: 'queued', queue: 'general', claimedBy: null, reason });
  expect(back.byHand).toMatchObject([{ action: 'answer' }, { action: 'put-back', who: '', detail: reason }]);
  expect(waiting).toContain(id);
  // What is known already puts nothing back a second time.
  expect((await ana.get(`/api/interactions/${id}`)).json.state).toBe('done');
});

test('an answer that a server refuses puts the finished mail back; an open one stays as it is', async () => {
  sink.refuseRecipient('gone@example.test', 550);
  const [finished, open] = [await claimed(), await claimed()];
  const stateOf = async (id: string) => (await ana.get(`/api/interactions/${id}`)).json.state;
  const failed = async (id: string) => (await repliesOf(id)).at(-1).mails[0].state === 'failed';

  await send(open, { to: ['gone@example.test'] });
  await send(finished, { to: ['gone@example.test'], finish: true });
  await until('both have failed', async () => (await failed(open)) && (await failed(finished)));

  expect(await stateOf(open)).toBe('claimed');
  expect((await ana.get(`/api/interactions/${finished}`)).json).toMatchObject({
    state: 'queued',
    reason: expect.stringMatching(/^answer-failed: The answer to gone@example\.test did not arrive\. .*550/),
  });
});

test('files go along under harmless names, come back with a draft that is taken back, and have an end', async () => {
  const id = await claimed();
  const path = `/api/interactions/${id}/reply-files`;
  const headers = { 'content-type': 'application/octet-stream' };
  const attach = (name: string, body: Uint8Array, type = 'text/plain') =>
    ana.call('POST', `${path}?name=${encodeURIComponent(name)}&type=${encodeURIComponent(type)}`, { body, headers });
  const picture = Uint8Array.from({ length: 3_000 }, (_, i) => i % 256);
  const before = sink.mails.length;

  await attach('..\\..\\In\u202evoice\r\nX: y.txt', Buffer.from('Grüße'), 'message/rfc822');
  const { json: kept } = await attach('lamp.png', picture, 'image/png');
  const [empty, large] = [
    await attach('no.txt', new Uint8Array(0)),
    await attach('much.bin', new Uint8Array(10_485_000)),
  ];
  const ids = kept.items.map((file: { id: string }) => file.id);
  const byBen = (await ben.get(`/api/interactions/${id}/reply`)).json.files;
  const stolen = await send(id, { files: ['nothing-by-this-id'] });
  const held = await send(id, { files: ids, holdSeconds: 60 });
  await ana.post(`/api/interactions/${id}/replies/${held.json.id}/take-back`);
  const back = (await ana.get(`/api/interactions/${id}/reply`)).json.files;
  await send(id, { files: ids });
  await until('it is sent', () => answersSince(before).some(({ to }) => to[0] === 'vera@example.test'));

  expect([empty, large, stolen].map(({ status, json }) => [status, json.code])).toEqual([
    [422, 'file-empty'],
    [413, 'files-too-large'],
    [404, 'file-not-found'],
  ]);
  expect(byBen).toEqual([]);
  expect(back).toEqual(kept.items);
  const mail = await simpleParser(answersSince(before).find(({ to }) => to[0] === 'vera@example.test')?.raw ?? '');
  expect(mail.text).toContain('It comes tomorrow.');
  expect(mail.attachments.map(({ filename }) => filename)).toEqual(['InvoiceX_ y.txt', 'lamp.png']);
  expect(kept.items.map(({ type }: { type: string }) => type)).toEqual(['application/octet-stream', 'image/png']);
  expect(mail.attachments.map(({ content }) => content)).toEqual([Buffer.from('Grüße'), Buffer.from(picture)]);
  expect((await ana.get(`/api/interactions/${id}/reply`)).json.files).toEqual([]);
  expect((await repliesOf(id)).at(-1).files).toEqual(kept.items);
});

test('an answer that waits outlives a kill of the server: it can still be taken back, and does not leave', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-replies-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const first = await startServer({ folder });
  const transport = createTransport({ host: '127.0.0.1', port: first.ports.smtp, ignoreTLS: true });
  await transport.sendMail({ from: 'vera@example.test', to: 'support@demo.test', subject: 'Lamp', text: 'Hello' });
  transport.close();
  const queued = async () => (await first.api<InteractionsPage>('GET', '/api/interactions?state=queued')).items[0];
  await until('the mail is queued', async () => (await queued()) !== undefined);
  const path = `/api/interactions/${(await queued())?.id}`;
  await first.api('POST', `${path}/claim`, {});
  const reply = await first.api<SentReply>('POST', `${path}/replies`, body({ holdSeconds: 60 }));
  await first.kill();

  const second = await startServer({ folder, ports: first.ports });
  onTestFinished(() => second.stop());
  const [kept] = (await second.api<Replies>('GET', `${path}/replies`)).items;
  const back = await second.api<SentReply>('POST', `${path}/replies/${reply.id}/take-back`);

  expect(kept).toMatchObject({ id: reply.id, mails: [{ state: 'waiting' }] });
  expect(kept?.heldForMs).toBeGreaterThan(0);
  expect(back).toMatchObject({ isTakenBack: true, mails: [] });
  const { items } = await second.api<OutboxPage>('GET', '/api/outbox');
  expect(items.filter(({ kind }) => kind === 'reply')).toEqual([]);
}, 120_000);
