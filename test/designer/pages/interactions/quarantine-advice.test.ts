import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { quarantineWords } from '../../../../designer/pages/interactions/quarantine-advice.ts';

test('every reason for which a mail comes into quarantine has words of its own for what to do', async () => {
  const limits = await readFile(resolve(import.meta.dirname, '../../../../runtime/mail/limits.ts'), 'utf8');
  const refused = [...limits.matchAll(/rejected as `([a-z-]+)`/g)].map(([, code = '']) => code);
  const codes = [...new Set(refused), 'mail-unparsable', 'stopped-the-server', 'not-handed-over'];
  const { advice: general } = quarantineWords('nobody-knows: Something new. And more.');

  const without = codes.filter((code) => quarantineWords(`${code}: What is wrong. And more.`).advice === general);

  expect(refused.length).toBeGreaterThan(5);
  expect(without).toEqual([]);
  expect(quarantineWords('stopped-the-server: What is wrong. And more.').why).toBe('What is wrong.');
});
