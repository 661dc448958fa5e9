import { expect, test } from 'vitest';
import { heatOf, mailsBy, warmth } from '../../../designer/heat/heat.ts';
import type { Traffic } from '../../../schemas/api/traffic.ts';

const traffic: Traffic = {
  flow: 'support',
  version: 3,
  window: 'day',
  since: '2026-11-20T08:00:00.000Z',
  items: [
    { sheet: null, action: 'ask', mails: 100, failed: 0, outcomes: { yes: 1, no: 99 } },
    { sheet: 'welcome', action: 'ask', mails: 400, failed: 2, outcomes: { yes: 400 } },
  ],
};

test('each tab has its own numbers, on the scale of the whole flow', () => {
  const main = heatOf(traffic, null);
  const task = heatOf(traffic, 'welcome');

  expect([mailsBy(main, 'ask', 'yes'), mailsBy(task, 'ask', 'yes')]).toEqual([1, 400]);
  expect([main.most, task.most]).toEqual([400, 400]);
  expect(main.when).toBe('in the last day');
});

test('what nobody took counts nothing and is cold; one mail in four hundred can still be seen', () => {
  const main = heatOf(traffic, null);

  expect([mailsBy(main, 'ask', 'maybe'), mailsBy(main, 'gone', 'yes')]).toEqual([0, 0]);
  expect([warmth(0, main), warmth(1, main), warmth(400, main)]).toEqual([0, 0.05, 1]);
  expect(warmth(0, { most: 0 })).toBe(0);
});
