import { createContext } from 'react';
import type { Issue } from '../../schemas/issue.ts';

export interface Issues {
  /** By document and action, as the checks give them. */
  issues: readonly Issue[];
  /** False while the checks have not caught up with the last edit. */
  isCurrent: boolean;
}

export const IssuesContext = createContext<Issues>({ issues: [], isCurrent: false });
