import type { CaseEntry } from '../../schemas/api/cases.ts';

/** Changes whenever any case does, so that they are run again. */
export function revisionOfCases(items: readonly CaseEntry[]): string {
  return items.map(({ name, revision, problem }) => `${name}:${revision}:${problem}`).join();
}
