import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Topic } from '../../schemas/api/system.ts';
import { until } from '../support/until.ts';
import { sendMails } from './support/send-mail.ts';
import { adminToken, type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

interface Stream {
  headers: NodeJS.Dict<string | string[]>;
  topics: Topic[];
  isClosed(): boolean;
  close(): void;
}

function follow(): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${adminToken}` };
    const outgoing = request(`${http.url}/api/events`, { headers, agent: false }, (response) => {
      const topics: Topic[] = [];
      let text = '';
      let closed = false;
      response.on('data', (chunk) => {
        text += chunk;
        const events = text.split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) {
          const data = /^event: change\ndata: (.*)$/.exec(event)?.[1];
          if (data !== undefined) topics.push(JSON.parse(data).topic);
        }
      });
      response.on('close', () => {
        closed = true;
      });
      response.on('error', () => {});
      resolve({ headers: response.headers, topics, isClosed: () => closed, close: () => void outgoing.destroy() });
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

test('a page that is open is told what a mail has changed', async () => {
  const stream = await follow();

  await sendMails(http, [{ subject: 'News' }]);

  await until('all topics of the mail', () =>
    (['interactions', 'queues', 'ledger', 'outbox'] as const).every((topic) => stream.topics.includes(topic)),
  );
  expect(stream.headers['content-type']).toBe('text/event-stream; charset=utf-8');
  expect(stream.headers['cache-control']).toBe('no-store');
  stream.close();
});

test('a page that opens its stream after it has fetched is told what was changed in between', async () => {
  const first = await follow();
  await http.admin.post('/api/queues', { id: 'new', name: 'New' });
  await until('the change is told', () => first.topics.includes('queues'));

  const late = await follow();

  await until('it is told again', () => late.topics.includes('queues'));
  expect(late.topics).not.toContain('outbox');
  first.close();
  late.close();
});

test('changed settings and drafts are told too', async () => {
  const stream = await follow();

  await http.admin.post('/api/queues', { id: 'new', name: 'New' });
  await http.admin.post('/api/flows', { id: 'new', name: 'New' });

  await until('both topics', () => stream.topics.includes('queues') && stream.topics.includes('flows'));
  stream.close();
});

test('many changes at once are told a few times, the last of them too', async () => {
  const stream = await follow();

  for (let number = 0; number < 30; number += 1) {
    await http.admin.patch('/api/queues/general', { description: `${number}` });
  }
  const during = stream.topics.filter((topic) => topic === 'queues').length;
  await until(
    'one more after the last change',
    () => stream.topics.filter((topic) => topic === 'queues').length > during,
  );

  expect(during).toBeGreaterThan(0);
  expect(during).toBeLessThan(30);
  stream.close();
});

test('the server ends the streams when it stops', async () => {
  const stream = await follow();
  const stopped = http.stop();

  await until('the stream has ended', () => stream.isClosed());
  await stopped;
  http = await startHttp();
});
