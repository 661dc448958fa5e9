import { createStore, type StoreApi } from 'zustand';
import type { Issue, Severity } from '../../schemas/issue.ts';

type SeverityFilter = Severity | 'all';

interface ProblemsState {
  issues: readonly Issue[];
  /** False while the checks have not caught up with the last edit. No context tells it: it changes with every letter, and React would look for listeners in the whole editor. */
  isCurrent: boolean;
  filter: SeverityFilter;
  /** The problem that was looked at last, among those that the filter lets through. */
  at: number | null;
  found(issues: readonly Issue[]): void;
  checking(isCurrent: boolean): void;
  show(filter: SeverityFilter): void;
  lookAt(at: number | null): void;
  /** To the next or the former problem, round and round; null if there is none. */
  move(by: 1 | -1): Issue | null;
}

export type ProblemsStore = StoreApi<ProblemsState>;

/** What is wrong with the flow as it is looked at: which severities, and which problem. */
export function createProblemsStore(): ProblemsStore {
  return createStore<ProblemsState>((set, get) => ({
    issues: [],
    isCurrent: false,
    filter: 'all',
    at: null,
    found: (issues) => {
      const { at, filter } = get();
      const looked = at === null ? undefined : shownProblems(get())[at];
      set({ issues });
      if (looked === undefined) return;
      // The same problem may have moved; one that was mended leaves its place to the next.
      const index = shownProblems({ issues, filter }).findIndex((issue) => isSame(issue, looked));
      set({ at: index >= 0 ? index : at });
    },
    checking: (isCurrent) => set({ isCurrent }),
    show: (filter) => set({ filter, at: null }),
    lookAt: (at) => set({ at }),
    move: (by) => {
      const { at } = get();
      const shown = shownProblems(get());
      if (shown.length === 0) return null;
      const from = at === null ? (by > 0 ? -1 : 0) : at;
      const next = (from + by + shown.length) % shown.length;
      set({ at: next });
      return shown[next] ?? null;
    },
  }));
}

export function shownProblems({ issues, filter }: Pick<ProblemsState, 'issues' | 'filter'>): readonly Issue[] {
  return filter === 'all' ? issues : issues.filter(({ severity }) => severity === filter);
}

function isSame(a: Issue, b: Issue): boolean {
  return a.code === b.code && a.path === b.path && a.message === b.message;
}
