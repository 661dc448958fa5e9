import { createContext } from 'react';
import type { Issue } from '../../schemas/issue.ts';

/** Action id → its issues. */
export const IssueBadgesContext = createContext<ReadonlyMap<string, readonly Issue[]>>(new Map());
