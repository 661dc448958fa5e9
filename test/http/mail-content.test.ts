import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendMails } from './support/send-mail.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

test('an attachment is a download that no browser opens, whatever the sender calls it', async () => {
  const attachments = [
    { filename: 'notes.txt', content: 'first' },
    { filename: 'a"; x=y\u202e.html', content: '<script>alert(1)</script>', contentType: 'text/html' },
  ];
  const [id] = await sendMails(http, [{ subject: 'Files', attachments }]);

  const page = await http.admin.get(`/api/interactions/${id}/attachments/1`);
  const none = await http.admin.get(`/api/interactions/${id}/attachments/2`);
  const stranger = await http.browser().get(`/api/interactions/${id}/attachments/1`);

  expect(page.text).toBe('<script>alert(1)</script>');
  expect(page.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment; filename="a_ x=y.html"; filename*=UTF-8\'\'a_%20x%3Dy.html',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  expect([none.status, none.json.code]).toEqual([404, 'attachment-not-found']);
  expect(stranger.status).toBe(401);
});

test('pictures of a mail are loaded by agents only, and not without end', async () => {
  const [id] = await sendMails(http, [{ subject: 'Pictures', html: '<img src="http://127.0.0.1:1/x.png">' }]);
  const token = async (role: string) =>
    http.withToken((await http.admin.post('/api/tokens', { name: role, role })).json.token);
  const agent = await token('agent');
  const viewer = await token('viewer');

  const refused = await viewer.post(`/api/interactions/${id}/remote-pictures`);
  const loaded = await agent.post(`/api/interactions/${id}/remote-pictures`);
  const many = await Promise.all(
    Array.from({ length: 20 }, () => agent.post(`/api/interactions/${id}/remote-pictures`)),
  );

  expect(refused.status).toBe(403);
  expect(loaded.json.items).toEqual([]);
  expect(loaded.json.failed[0]).toMatchObject({ url: 'http://127.0.0.1:1/x.png' });
  expect(loaded.json.failed[0].reason).toContain('no address of the public internet');
  expect(many.filter(({ json }) => json.code === 'too-many-loads')).toHaveLength(1);
});
