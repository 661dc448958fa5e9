import { didYouMean } from '../nearest-name.ts';
import type { Check } from './check.ts';
import { issue } from './check.ts';

/** An answer from an address that is not there, or whose domain does not vouch for it, would be taken for forged. */
export const unusableFromAddress: Check = ({ actions, known }) => {
  if (known.fromAddresses === undefined) return [];
  const problems = new Map(known.fromAddresses.map(({ id, problem }) => [id, problem]));
  return [...actions.values()].flatMap(({ id, fields }) =>
    fields.flatMap(({ kind, value, at }) => {
      if (kind !== 'from-address' || typeof value !== 'string') return [];
      const problem = problems.get(value);
      if (problem === '') return [];
      const ids = new Set(problems.keys());
      const message =
        problem ?? `There is no from address "${value}"${didYouMean(value, ids) || ': choose another, or add it.'}`;
      return [issue('unusable-from-address', 'error', at, message, id)];
    }),
  );
};
