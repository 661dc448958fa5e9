import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { sendMails } from './support/send-mail.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

/** A question, and the Message-ID of the answer that our flow sent. */
async function askAndBeAnswered(subject = 'Lamp'): Promise<{ question: string; answer: string }> {
  const [question = ''] = await sendMails(http, [{ subject, headers: { 'Message-ID': '<first@example.test>' } }]);
  const { items } = (await http.admin.get(`/api/outbox?interaction=${question}`)).json;
  const { messageId } = (await http.admin.get(`/api/outbox/${items[0].id}`)).json;
  return { question, answer: messageId };
}
const idsOf = async (interaction: string) =>
  (await http.admin.get(`/api/interactions/${interaction}/conversation`)).json.items.map(
    ({ id, how }: { id: string; how: string | null }) => [id, how],
  );
const stateOf = async (interaction: string) => (await http.admin.get(`/api/interactions/${interaction}`)).json.state;

test('an answer joins its conversation by the signed id, also without a subject, and runs its flow', async () => {
  const { question, answer } = await askAndBeAnswered();

  const [reply = ''] = await sendMails(http, [{ subject: '', headers: { 'In-Reply-To': `<${answer}>` } }]);

  expect(await idsOf(reply)).toEqual([
    [question, null],
    [reply, 'token'],
  ]);
  expect(await stateOf(reply)).toBe('queued');
});

test('an answer that only names the first mail joins by its references; a subject alone joins nothing, whatever it names', async () => {
  const { question, answer } = await askAndBeAnswered();

  const [reply = '', same = '', numbered = ''] = await sendMails(http, [
    { subject: 'other', headers: { References: '<x@example.test> <first@example.test>' } },
    { subject: 'Re: Lamp' },
    { subject: `Re: Lamp [#${question}] [${answer}] <first@example.test>`, from: 'mallory@elsewhere.test' },
  ]);

  expect(await idsOf(reply)).toEqual([
    [question, null],
    [reply, 'references'],
  ]);
  expect(await idsOf(same)).toEqual([[same, null]]);
  expect(await idsOf(numbered)).toEqual([[numbered, null]]);
});

test('a forged token joins nothing', async () => {
  const { answer } = await askAndBeAnswered();
  const forged = answer.replace(
    /\.([a-z2-7])([a-z2-7]{15})@/,
    (_, first, rest) => `.${first === 'a' ? 'b' : 'a'}${rest}@`,
  );

  const [reply = ''] = await sendMails(http, [{ subject: 'x', headers: { 'In-Reply-To': `<${forged}>` } }]);

  expect(forged).not.toBe(answer);
  expect(await idsOf(reply)).toEqual([[reply, null]]);
});

test('a stranger who answers is linked, but held until an agent releases the mail; a colleague in Cc is none', async () => {
  const headers = { 'Message-ID': '<first@example.test>', Cc: 'colleague@example.test' };
  const [question = ''] = await sendMails(http, [{ subject: 'Lamp', headers }]);
  const { items } = (await http.admin.get(`/api/outbox?interaction=${question}`)).json;
  const { messageId } = (await http.admin.get(`/api/outbox/${items[0].id}`)).json;
  const reply = { subject: 'Re: Lamp', headers: { 'In-Reply-To': `<${messageId}>` } };

  const [stranger = '', colleague = ''] = await sendMails(http, [
    { ...reply, from: 'mallory@elsewhere.test' },
    { ...reply, from: 'Colleague@example.test' },
  ]);

  const held = (await http.admin.get(`/api/interactions/${stranger}`)).json;
  expect(held).toMatchObject({ state: 'held', run: null });
  expect(held.reason).toMatch(/^stranger-reply: mallory@elsewhere\.test /);
  expect(await stateOf(colleague)).toBe('queued');
  expect((await idsOf(question)).map(([id]: [string]) => id)).toEqual([question, stranger, colleague]);

  await http.admin.post(`/api/interactions/${stranger}/let-through`);
  await until('it ran', async () => (await stateOf(stranger)) === 'queued');

  const released = (await http.admin.get(`/api/interactions/${stranger}`)).json;
  expect(released.byHand).toMatchObject([{ action: 'retry', who: 'admin-token' }]);
  expect((await idsOf(stranger)).map(([id]: [string]) => id)).toContain(stranger);
});

test('an out-of-office note about our answer joins the conversation, is answered by nobody, and opens nothing again', async () => {
  const { question, answer } = await askAndBeAnswered();
  await http.admin.post(`/api/interactions/${question}/claim`);
  await http.admin.post(`/api/interactions/${question}/finish`);

  const [note = ''] = await sendMails(http, [
    {
      subject: 'Automatic reply: Lamp',
      // Of another address than we wrote to, as those of answering machines may be.
      from: 'away@example.test',
      headers: { 'In-Reply-To': `<${answer}>`, 'Auto-Submitted': 'auto-replied' },
    },
  ]);

  expect(await idsOf(note)).toEqual([
    [question, null],
    [note, 'token'],
  ]);
  expect([await stateOf(question), await stateOf(note)]).toEqual(['done', 'disconnected']);
  expect((await http.admin.get(`/api/outbox?interaction=${note}`)).json.items).toEqual([]);
});

test('mails are merged and split by hand, with a trace, by agents only', async () => {
  const [first = '', second = '', third = ''] = await sendMails(http, [
    { subject: '1' },
    { subject: '2' },
    { subject: '3' },
  ]);
  const viewer = http.withToken((await http.admin.post('/api/tokens', { name: 'v', role: 'viewer' })).json.token);

  const refused = await viewer.post(`/api/interactions/${second}/merge`, { into: first });
  await http.admin.post(`/api/interactions/${third}/merge`, { into: second });
  await http.admin.post(`/api/interactions/${second}/merge`, { into: first });
  const again = await http.admin.post(`/api/interactions/${third}/merge`, { into: first });

  expect(refused.status).toBe(403);
  expect(await idsOf(third)).toEqual([
    [first, null],
    [second, 'by-hand'],
    [third, 'by-hand'],
  ]);
  expect([again.status, again.json.code]).toEqual([409, 'same-conversation']);

  await http.admin.post(`/api/interactions/${second}/split`);
  const none = await http.admin.post(`/api/interactions/${first}/split`);

  expect(await idsOf(first)).toEqual([
    [first, null],
    [third, 'by-hand'],
  ]);
  expect([none.status, none.json.code]).toEqual([409, 'nothing-to-split']);
  expect((await http.admin.get(`/api/interactions/${second}`)).json.byHand).toMatchObject([
    { action: 'merge', who: 'admin-token' },
    { action: 'split', who: 'admin-token' },
  ]);
});
