import { expect, test } from 'vitest';
import { createRateLimit } from '../../runtime/outbound/rate-limit.ts';

const hour = 3_600_000;

test('mails that were counted by a clock which is set back hold others up for as long as any, and no longer', () => {
  const limit = createRateLimit({ perMinute: 10 });
  const now = 1_000 * hour;
  limit.count(now + 25 * hour, 10);

  const atOnce = limit.free(now);
  const afterAMinute = limit.free(now + 64_000);

  expect(atOnce).toBe(0);
  expect(afterAMinute).toBe(10);
});
