import type { Check } from './check.ts';
import { issue } from './check.ts';

/** Two cases with one outcome share one connection; the second could lead nowhere else. */
export const duplicateOutcome: Check = ({ actions }) =>
  [...actions.values()].flatMap(({ id, action, fields }) =>
    fields.flatMap(({ kind, value, at }) => {
      if (kind !== 'cases' || !Array.isArray(value)) return [];
      const seen = new Set<string>();
      return value.flatMap(({ outcome }, index) => {
        if (!seen.has(outcome)) {
          seen.add(outcome);
          return [];
        }
        const message = `Two cases of "${action.name}" have the outcome "${outcome}": rename one, or join their conditions with "or".`;
        return [issue('duplicate-outcome', 'error', [...at, index, 'outcome'], message, id)];
      });
    }),
  );
