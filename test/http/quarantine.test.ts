import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { sendMails } from './support/send-mail.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

const bomb = (subject: string) => ({
  raw: [
    'From: odd@customer.example',
    'To: support@demo.test',
    `Subject: ${subject}`,
    ...Array.from({ length: 400 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}`),
    'Please call me.\u202e\u0007',
  ].join('\r\n'),
});
const token = async (role: string) =>
  http.withToken((await http.admin.post('/api/tokens', { name: role, role })).json.token);

test('a quarantined mail is repaired: read as text it goes its way, and who did it is told', async () => {
  const [id] = await sendMails(http, [bomb('Boxes')]);
  const agent = await token('agent');
  const viewer = await token('viewer');

  const before = (await agent.get(`/api/interactions/${id}`)).json;
  const refused = await viewer.post(`/api/interactions/${id}/repair`, { asText: true });
  const accepted = await agent.post(`/api/interactions/${id}/repair`, { asText: true });
  await until('it has run', async () => (await agent.get(`/api/interactions/${id}`)).json.state === 'queued');

  expect(before).toMatchObject({ state: 'quarantined', byHand: [] });
  expect(refused.status).toBe(403);
  expect(accepted.status).toBe(202);
  const after = (await agent.get(`/api/interactions/${id}`)).json;
  expect(after).toMatchObject({ queue: 'general', subject: 'Boxes' });
  expect(after.email.text).toContain('Please call me.');
  expect(after.byHand).toMatchObject([
    { who: 'token-agent', action: 'repair', detail: 'read as one plain text' },
    { who: 'token-agent', action: 'retry' },
  ]);
  const again = await agent.post(`/api/interactions/${id}/repair`, { asText: true });
  expect([again.status, again.json.code]).toEqual([409, 'not-in-quarantine']);
});

test('a quarantined mail is deleted with its source, and the ledger keeps a trace of it', async () => {
  const [id, other] = await sendMails(http, [bomb('Boxes'), { subject: 'Ordinary' }]);
  const agent = await token('agent');
  const viewer = await token('viewer');

  const refused = await viewer.delete(`/api/interactions/${id}`);
  const ordinary = await agent.delete(`/api/interactions/${other}`);
  const deleted = await agent.delete(`/api/interactions/${id}`);

  expect(refused.status).toBe(403);
  expect([ordinary.status, ordinary.json.code]).toEqual([409, 'not-in-quarantine']);
  expect(deleted.status).toBe(204);
  expect((await agent.get(`/api/interactions/${id}`)).status).toBe(404);
  expect((await agent.get(`/api/interactions/${id}/raw`)).status).toBe(404);
  const { items, counts } = (await agent.get('/api/ledger?state=quarantined')).json;
  expect(counts.quarantined).toBe(1);
  expect(items[0]).toMatchObject({ state: 'quarantined', interaction: null });
  expect(items[0].reason).toMatch(/^deleted by token-agent\. It was here because of mail-too-deep: /);
});

test('the source is read piece by piece, each byte once', async () => {
  const lines = Array.from({ length: 4_000 }, (_, i) => `Zeile ${i} mit Umlaut ü und ß`).join('\r\n');
  const [id] = await sendMails(http, [
    { raw: `From: a@b.example\r\nTo: support@demo.test\r\nSubject: long\r\n\r\n${lines}` },
  ]);

  const pieces: { text: string; size: number }[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const { json } = await http.admin.get(`/api/interactions/${id}/source?from=${from}`);
    pieces.push(json);
    from = json.next;
  }

  const raw = (await http.admin.get(`/api/interactions/${id}/raw`)).text;
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.map(({ text }) => text).join('')).toBe(raw);
  expect(pieces[0]?.size).toBe(Buffer.byteLength(raw));
  expect((await http.admin.get(`/api/interactions/${id}/source?from=-1`)).status).toBe(400);
});
