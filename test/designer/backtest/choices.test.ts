import { expect, test } from 'vitest';
import { bodyOf, firstChoices } from '../../../designer/backtest/choices.ts';

const now = Date.parse('2026-11-21T08:00:00Z');

test('the first choices are the newest thousand mails that came to the flow', () => {
  expect(bodyOf(firstChoices, now)).toEqual({ mails: 1_000, of: 'flow', unrecorded: 'skip' });
});

test('a mailbox or a route looks at mails of any flow; days count back from now', () => {
  expect(bodyOf({ ...firstChoices, source: 'mailbox:sales', time: '7' }, now)).toMatchObject({
    of: 'all',
    mailbox: 'sales',
    from: '2026-11-14T08:00:00.000Z',
  });
  expect(bodyOf({ ...firstChoices, source: 'route:all' }, now)).toMatchObject({ of: 'all', route: 'all' });
});

test('two days are whole days by the clock of the person, each side may be open', () => {
  const between = { ...firstChoices, time: 'between', from: '2026-11-01', until: '2026-11-02' };

  const body = bodyOf(between, now);

  expect(body.from).toBe(new Date(2026, 10, 1).toISOString());
  expect(body.until).toBe(new Date(2026, 10, 3).toISOString());
  expect(bodyOf({ ...between, from: '' }, now)).not.toHaveProperty('from');
});
