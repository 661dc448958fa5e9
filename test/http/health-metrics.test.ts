import { expect, onTestFinished, test } from 'vitest';
import { sendMails } from './support/send-mail.ts';
import { startHttp } from './support/start-http.ts';

async function start() {
  const http = await startHttp();
  onTestFinished(() => http.stop());
  return http;
}

test('health is open to everybody and says whether mail can be taken', async () => {
  const http = await start();

  const live = await http.browser().get('/health/live');
  const ready = await http.browser().get('/health/ready');

  expect([live.status, live.json]).toEqual([200, { status: 'ok' }]);
  expect([ready.status, ready.json]).toEqual([200, { status: 'ok', checks: { store: true, intake: true }, alarms: 0 }]);
});

test('metrics count mails, outbox, queues, mailboxes and runs', async () => {
  const http = await start();
  await sendMails(http, [{ subject: 'One' }, { subject: 'Away', headers: { 'Auto-Submitted': 'auto-replied' } }]);

  const { text, headers } = await http.browser().get('/metrics');

  expect(headers['content-type']).toContain('text/plain');
  const value = (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    );
  expect(value('sluice_mails{state="queued"}')).toBe(1);
  expect(value('sluice_mails{state="disconnected"}')).toBe(1);
  expect(value('sluice_queue_mails{queue="general",state="waiting"}')).toBe(1);
  expect(value('sluice_mailbox_state{mailbox="receiver",state="connected"}')).toBe(1);
  expect(value('sluice_mailbox_lag_mails{mailbox="receiver"}')).toBe(0);
  expect(value('sluice_outbox_mails{state="waiting"}') + value('sluice_outbox_mails{state="captured"}')).toBe(1);
  expect(value('sluice_run_duration_seconds_count{ending="disconnect"}')).toBe(1);
});

test('metrics that come through a proxy need an administrator', async () => {
  const http = await start();
  const proxied = { 'x-forwarded-for': '203.0.113.7' };

  const stranger = await http.browser().call('GET', '/metrics', { headers: proxied });
  const prometheus = await http.admin.call('GET', '/metrics', { headers: proxied });

  expect([stranger.status, stranger.json.code]).toEqual([401, 'not-logged-in']);
  expect(prometheus.status).toBe(200);
});
