import type { ReactNode } from 'react';
import { hasErrors, type Issue } from '../../schemas/issue.ts';

/** What inputs show below them; the first issue is enough, the problems panel has them all. A warning is not red. */
export function errorOf(issues: readonly Issue[]): ReactNode {
  const [first] = issues;
  if (first === undefined) return undefined;
  if (hasErrors(issues)) return issues.find(({ severity }) => severity === 'error')?.message;
  return (
    // The style sheet colours the field around it by this mark.
    <span data-severity="warning">{first.message}</span>
  );
}
