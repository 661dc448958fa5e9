import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { recoverAccess } from '../../runtime/commands/recover-access.ts';
import { type Server, startServer } from '../support/start-server.ts';

const ada = { email: 'ada@demo.test', name: 'Ada', password: 'a long pass phrase' };

let server: Server | undefined;
afterEach(async () => {
  await server?.stop();
});

async function run(folder: string, ...files: string[]) {
  const out: string[] = [];
  const io = {
    out: (line: string) => out.push(line),
    err: (line: string) => out.push(line),
    input: async () => new Uint8Array(),
    env: { SLUICE_DATA: join(folder, 'data') },
    cwd: folder,
  };
  const code = await recoverAccess.run({ files, json: true, options: {} }, io);
  return { code, out };
}

test('whoever has the machine lets an administrator in again, while no server runs, and it is written down', async () => {
  server = await startServer();
  await server.api('POST', '/api/setup', ada);
  const { folder, ports } = server;
  await expect(run(folder, ada.email)).rejects.toMatchObject({ code: 'data-in-use' });
  await server.kill();
  await expect(run(folder, 'eve@demo.test')).rejects.toThrow(`Administrators: ${ada.email}`);
  const file = join(folder, 'data/settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8'));
  // As if the only administrator came by a provider that is gone, and was disabled.
  delete settings.users[0].passwordHash;
  Object.assign(settings.users[0], { role: 'viewer', disabled: true });
  await writeFile(file, JSON.stringify({ ...settings, localSignIn: false }));

  const { code, out } = await run(folder, 'ADA@demo.test');

  expect(code).toBe(0);
  const { password } = JSON.parse(out.join(''));
  server = await startServer({ folder, ports });
  const { user } = await server.api<{ user: object }>('POST', '/api/session', { email: ada.email, password });
  expect(user).toMatchObject({ role: 'admin' });
  const log = JSON.stringify(await server.api<object>('GET', '/api/audit'));
  expect(log).toContain('Let an administrator in from the command line');
  expect(log).not.toContain(password);
  const former = { email: ada.email, password: ada.password };
  await expect(server.api('POST', '/api/session', former)).rejects.toThrow('wrong-login');
});
