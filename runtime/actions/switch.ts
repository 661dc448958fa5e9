import type { ConditionTrace } from '../../schemas/run.ts';
import type { Executor } from '../engine/ports.ts';

/** Cases behind the one that holds are not evaluated: their conditions may rely on the earlier ones not holding. */
export const chooseCase: Executor<'switch'> = ({ cases }, { expressions, scope }) => {
  const conditions: { outcome: string; trace: ConditionTrace }[] = [];
  for (const { outcome, condition } of cases) {
    const { holds, trace } = expressions.decide(condition, scope);
    conditions.push({ outcome, trace });
    if (holds) return { outcome, detail: { conditions } };
  }
  return { outcome: 'default', detail: { conditions } };
};
