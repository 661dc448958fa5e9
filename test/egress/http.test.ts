import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpPort } from '../../runtime/egress/http.ts';
import type { HttpRequest } from '../../runtime/engine/ports.ts';
import { freePort } from '../support/free-port.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(
  listener: RequestListener,
  host = '127.0.0.1',
): Promise<{ port: number; connections: () => number }> {
  let connections = 0;
  const server = createServer(listener);
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, host);
  await once(server, 'listening');
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  // A listening TCP server's address is never a string or null.
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

function call(url: string, allow: readonly string[] = [], changes: Partial<HttpRequest> = {}) {
  const http = createHttpPort({ allow: () => allow });
  return http({ method: 'GET', url, headers: {}, timeoutMs: 5_000, maxResponseBytes: 10_000, ...changes });
}

describe('an allowed service', () => {
  test('gets the call as it is, and its answer comes back', async () => {
    const { port } = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.writeHead(201, { 'x-two': ['a', 'b'], 'content-type': 'application/json' });
        const { method, url, headers } = request;
        response.end(JSON.stringify({ method, url, key: headers['x-key'], body: Buffer.concat(chunks).toString() }));
      });
    });

    const answer = await call(`http://127.0.0.1:${port}/a?b=c`, [`127.0.0.1:${port}`], {
      method: 'POST',
      headers: { 'x-key': 'k', 'content-type': 'application/json' },
      body: '{"text":"ä"}',
    });

    expect(answer).toMatchObject({ status: 201, headers: { 'x-two': 'a, b' } });
    expect(JSON.parse(answer.body)).toEqual({ method: 'POST', url: '/a?b=c', key: 'k', body: '{"text":"ä"}' });
  });

  test.each(['localhost', 'LOCALHOST'])('%s may be allowed by host, or by host and port', async (host) => {
    const { port } = await serve((_request, response) => response.end('ok'));

    await expect(call(`http://${host}:${port}/`, ['localhost'])).resolves.toMatchObject({ body: 'ok' });
    await expect(call(`http://${host}:${port}/`, [`localhost:${port}`])).resolves.toMatchObject({ body: 'ok' });
    await expect(call(`http://${host}:${port}/`, ['localhost:1'])).rejects.toMatchObject({ code: 'address-refused' });
  });

  test('an address that is no longer allowed is not reached over a connection that is still open', async () => {
    const { port } = await serve((_request, response) => response.end('ok'));
    let allow = ['localhost'];
    const http = createHttpPort({ allow: () => allow });
    const request = {
      method: 'GET',
      url: `http://localhost:${port}/`,
      headers: {},
      timeoutMs: 5_000,
      maxResponseBytes: 9,
    };
    await http(request);

    allow = [];

    await expect(http(request)).rejects.toMatchObject({ code: 'address-refused' });
  });
});

describe('the guard', () => {
  test.each([
    ['a loopback address', (port: number) => `http://127.0.0.1:${port}/`],
    ['a name that resolves to loopback', (port: number) => `http://localhost:${port}/`],
    ['decimal notation', (port: number) => `http://2130706433:${port}/`],
    ['octal notation', (port: number) => `http://0177.0.0.1:${port}/`],
    ['short notation', (port: number) => `http://127.1:${port}/`],
    ['IPv4-mapped IPv6', (port: number) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['the unspecified address', (port: number) => `http://0.0.0.0:${port}/`],
    ['a user name in the URL', (port: number) => `http://user@127.0.0.1:${port}/`],
    ['another scheme', () => 'file:///etc/passwd'],
    ['no URL at all', () => 'nonsense'],
  ])('%s is refused and not reached', async (_name, url) => {
    const { port, connections } = await serve((_request, response) => response.end('secret'), '0.0.0.0');

    await expect(call(url(port))).rejects.toMatchObject({ name: 'UserError', code: 'address-refused' });
    expect(connections()).toBe(0);
  });

  test('IPv6 loopback is refused, and can be allowed', async () => {
    const { port } = await serve((_request, response) => response.end('six'), '::1');

    await expect(call(`http://[::1]:${port}/`)).rejects.toMatchObject({ code: 'address-refused' });
    await expect(call(`http://[::1]:${port}/`, [`[::1]:${port}`])).resolves.toMatchObject({ body: 'six' });
  });

  test('a redirect to a private address is an answer and is not followed', async () => {
    const inner = await serve((_request, response) => response.end('secret'));
    const outer = await serve((_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${inner.port}/` }).end();
    });

    const answer = await call(`http://127.0.0.1:${outer.port}/`, [`127.0.0.1:${outer.port}`]);

    expect(answer.status).toBe(302);
    expect(inner.connections()).toBe(0);
  });
});

describe('hostile services', () => {
  test('one that never answers', async () => {
    const { port } = await serve(() => {});

    const waiting = call(`http://127.0.0.1:${port}/`, ['127.0.0.1'], { timeoutMs: 200 });

    await expect(waiting).rejects.toMatchObject({ name: 'OperationalError', code: 'http-timeout' });
  });

  test('one whose answer drips', async () => {
    const { port } = await serve((_request, response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });

    const waiting = call(`http://127.0.0.1:${port}/`, ['127.0.0.1'], { timeoutMs: 300 });

    await expect(waiting).rejects.toMatchObject({ code: 'http-timeout' });
  });

  test.each([true, false])('one whose answer is endless (length told: %s)', async (told) => {
    const { port } = await serve((_request, response) => {
      if (told) response.setHeader('content-length', 1e9);
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) {}
      };
      response.on('drain', write);
      write();
    });

    const waiting = call(`http://127.0.0.1:${port}/`, ['127.0.0.1']);

    await expect(waiting).rejects.toMatchObject({ name: 'OperationalError', code: 'response-too-large' });
  });

  test('an answer of exactly the limit is taken, one byte more is not', async () => {
    const { port } = await serve((_request, response) => response.end('x'.repeat(100)));
    const url = `http://127.0.0.1:${port}/`;

    await expect(call(url, ['127.0.0.1'], { maxResponseBytes: 100 })).resolves.toMatchObject({ status: 200 });
    await expect(call(url, ['127.0.0.1'], { maxResponseBytes: 99 })).rejects.toMatchObject({
      code: 'response-too-large',
    });
  });

  test('one that hangs up, one that talks nonsense, and none at all', async () => {
    const hangsUp = await serve((request) => request.socket.destroy());
    const nonsense = await serve((request) => request.socket.end('SMTP? 220\r\n\r\n'));

    for (const port of [hangsUp.port, nonsense.port, 1]) {
      const waiting = call(`http://127.0.0.1:${port}/`, ['127.0.0.1']);
      await expect(waiting).rejects.toMatchObject({ name: 'OperationalError', code: 'http-failed' });
    }
  });

  test('a port where nobody listens is told in words that say what to do', async () => {
    const port = await freePort();

    const waiting = call(`http://127.0.0.1:${port}/`, ['127.0.0.1']);

    await expect(waiting).rejects.toThrow(/refuses connections, so check the port/);
  });

  test('headers that could break out of their line never leave', async () => {
    let calls = 0;
    const { port } = await serve((_request, response) => {
      calls += 1;
      response.end();
    });

    const waiting = call(`http://127.0.0.1:${port}/`, ['127.0.0.1'], { headers: { 'x-a': 'b\r\nx-c: d' } });

    await expect(waiting).rejects.toMatchObject({ code: 'http-failed' });
    expect(calls).toBe(0);
  });
});
