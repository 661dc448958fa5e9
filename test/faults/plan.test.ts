import { expect, test } from 'vitest';
import { faultKinds } from './kinds/index.ts';
import { planLines, planOf } from './plan.ts';

const wanted = { kinds: faultKinds, strikes: faultKinds.length + 10, ms: 60_000 };

test('a seed decides what strikes when; every kind does', () => {
  const plan = planOf({ ...wanted, seed: 7 });
  const again = planOf({ ...wanted, seed: 7 });
  const other = planOf({ ...wanted, seed: 8 });

  expect(planLines(again)).toEqual(planLines(plan));
  expect(planLines(other)).not.toEqual(planLines(plan));
  expect(new Set(plan.map(({ kind }) => kind.name)).size).toBe(faultKinds.length);
  expect(plan.every(({ at }, index) => at >= (plan[index - 1]?.at ?? 0) && at < wanted.ms * 0.95)).toBe(true);
});
