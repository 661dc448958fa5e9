import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpDoor } from '../../runtime/egress/http-door.ts';
import { fetchRemotePicture } from '../../runtime/egress/remote-picture.ts';

const gif = Buffer.from('GIF89a-and-more');
const never = new AbortController().signal;
let server: Server;
let host: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url === '/moved') response.writeHead(302, { location: '/picture' }).end();
    else if (url === '/moved-inside') response.writeHead(302, { location: 'http://127.0.0.1:1/picture' }).end();
    else if (url === '/moved-to-file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    else if (url === '/round') response.writeHead(302, { location: '/round' }).end();
    else if (url === '/page') response.writeHead(200, { 'content-type': 'image/gif' }).end('<html>');
    else if (url === '/svg') response.writeHead(200, { 'content-type': 'image/svg+xml' }).end('<svg/>');
    else if (url === '/gone') response.writeHead(404).end(gif);
    else if (url === '/huge') response.end(Buffer.concat([gif, Buffer.alloc(6 * 1024 * 1024)]));
    else response.end(gif);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const load = (path: string, allow = [host]) =>
  fetchRemotePicture(createHttpDoor({ allow: () => allow }), `http://${host}${path}`, never);

test.each(['/picture', '/moved'])('%s is a picture by its bytes', async (path) => {
  const picture = await load(path);

  expect(picture.type).toBe('image/gif');
  expect(Buffer.from(picture.content)).toEqual(gif);
});

test.each([
  ['/page', 'not-a-picture'],
  ['/svg', 'not-a-picture'],
  ['/gone', 'picture-refused'],
  ['/huge', 'response-too-large'],
  ['/round', 'too-many-redirects'],
  ['/moved-inside', 'address-refused'],
  ['/moved-to-file', 'address-refused'],
])('%s is refused: %s', async (path, code) => {
  await expect(load(path)).rejects.toMatchObject({ code });
});

test('an address that is not public is not called', async () => {
  await expect(load('/picture', [])).rejects.toMatchObject({ code: 'address-refused' });
});
