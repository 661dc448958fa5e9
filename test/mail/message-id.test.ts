import { expect, test } from 'vitest';
import { createMessageId, isOwnMessageId } from '../../runtime/mail/message-id.ts';

const installation = 'a1b2c3d4e5f6a7b8';

test('an id of ours is known as ours, with and without angle brackets', () => {
  const id = createMessageId(installation, 'demo.test');

  expect(id).toMatch(/^sluice\.[0-9a-f]{12}\.[0-9a-f]{32}@demo\.test$/);
  expect(isOwnMessageId(id, installation)).toBe(true);
  expect(isOwnMessageId(`<${id}>`, installation)).toBe(true);
});

test('no two ids are alike, and the installation does not stand in them', () => {
  const ids = Array.from({ length: 100 }, () => createMessageId(installation, 'demo.test'));

  expect(new Set(ids).size).toBe(100);
  expect(ids.join()).not.toContain(installation);
});

test('ids of other installations, other programs and of no installation are not ours', () => {
  const id = createMessageId(installation, 'demo.test');

  expect(isOwnMessageId(id, 'b1b2c3d4e5f6a7b8')).toBe(false);
  expect(isOwnMessageId('abc@demo.test', installation)).toBe(false);
  expect(isOwnMessageId(createMessageId('', 'demo.test'), '')).toBe(false);
});
