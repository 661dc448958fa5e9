import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { errorHandler } from '../../runtime/http/problem.ts';
import { OperationalError, UnexpectedError, UserError } from '../../schemas/errors.ts';

const secret = 'at /home/somebody/where.ts';

test.each([
  [new UserError('wrong-thing', 'Do it so.', { status: 409 }), 409, 'wrong-thing', 'Do it so.', null],
  [new OperationalError('store-full', 'The disk is full.'), 503, 'store-full', 'The disk is full.', 'error'],
  [new UnexpectedError('our-bug', secret), 500, 'our-bug', null, 'error'],
  [new TypeError(secret), 500, 'unexpected', null, 'error'],
  [secret, 500, 'not-an-error', null, 'error'],
])('%s becomes the status of its class', async (thrown, status, code, detail, logged) => {
  const log: { level: string; data: object }[] = [];
  const note = (level: string) => (data: object) => void log.push({ level, data });
  const app = express();
  app.get('/', async () => {
    throw thrown;
  });
  app.use(errorHandler({ debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }));
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));

  // A TCP server has an address object.
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const text = await response.text();

  expect(response.status).toBe(status);
  expect(JSON.parse(text)).toMatchObject({ status, code, ...(detail === null ? {} : { detail }) });
  expect(text).not.toContain(secret);
  expect(log.find((line) => line.level === 'error')?.level ?? null).toBe(logged);
  if (logged !== null) expect(Reflect.get(log[0]?.data ?? {}, 'error')).toBeInstanceOf(Error);
});
