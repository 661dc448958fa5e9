import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

let http: HttpUnderTest;
beforeEach(async () => {
  http = await startHttp();
});
afterEach(() => http.stop());

const asPage = { headers: { accept: 'text/html,*/*' } };

async function build(): Promise<void> {
  await mkdir(join(http.folder, 'dist/assets'), { recursive: true });
  await writeFile(join(http.folder, 'dist/index.html'), '<title>the page</title>');
  await writeFile(join(http.folder, 'dist/assets/app-1a2b.js'), 'the script');
  await writeFile(join(http.folder, 'secret.txt'), 'a secret');
}

test('a missing build is said in a sentence', async () => {
  const answer = await http.browser().call('GET', '/', asPage);

  expect(answer.status).toBe(503);
  expect(answer.text).toContain('npm run build');
});

test('the page is served at each of its own addresses and is asked for anew', async () => {
  await build();

  for (const path of ['/', '/interactions/01ABC', '/flows/support?tab=try']) {
    const answer = await http.browser().call('GET', path, asPage);

    expect([answer.status, answer.text]).toEqual([200, '<title>the page</title>']);
    expect(answer.headers['cache-control']).toBe('no-cache');
  }
});

test('assets never change; one that is missing is not answered with the page', async () => {
  await build();

  const present = await http.browser().get('/assets/app-1a2b.js');
  const missing = await http.browser().call('GET', '/assets/app-0000.js', asPage);

  expect([present.status, present.text]).toEqual([200, 'the script']);
  expect(present.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect([missing.status, missing.json.code]).toEqual([404, 'not-found']);
});

test.each(['/../secret.txt', '/..%2fsecret.txt', '/assets/..%5c..%5csecret.txt', '/%2e%2e/secret.txt', '//secret.txt'])(
  'nothing outside of the build is served: %s',
  async (path) => {
    await build();

    const answer = await http.browser().call('GET', path, { headers: { accept: '*/*' } });

    expect(answer.text).not.toContain('a secret');
  },
);

test('an unknown address below /api is a problem even for a browser', async () => {
  await build();

  const answer = await http.browser().call('GET', '/api/nothing', asPage);

  expect([answer.status, answer.json.code]).toEqual([404, 'not-found']);
});
