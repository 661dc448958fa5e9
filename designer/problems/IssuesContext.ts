import { createContext } from 'react';
import type { Issue } from '../../schemas/issue.ts';

export interface Issues {
  /** By document and action, as the checks give them. */
  issues: readonly Issue[];
}

export const IssuesContext = createContext<Issues>({ issues: [] });
