import type { HistoryEntry, VersionSummary } from '../../schemas/api/flows.ts';
import type { Commit } from './git.ts';

/**
 * What happened to a flow, the newest first: its versions, and the commits that none of them came from, such as those from before this
 * server had the repository. A version that was read from a file has the commit's author and message; one that was published here
 * has its own, which are the same.
 */
export function joinHistory(versions: readonly VersionSummary[], commits: readonly Commit[]): HistoryEntry[] {
  const known = new Set(versions.map(({ commit }) => commit));
  const others = commits.filter(({ commit }) => !known.has(commit)).map(entryOfCommit);
  const entries: HistoryEntry[] = [];
  // Versions keep their order whatever a clock did; commits stand between them by their time.
  for (const { publishedAt, ...version } of versions) {
    while (others[0] !== undefined && Date.parse(others[0].at) > Date.parse(publishedAt))
      entries.push(...others.splice(0, 1));
    entries.push({ ...version, at: publishedAt });
  }
  return [...entries, ...others];
}

function entryOfCommit({ commit, author, at, message }: Commit): HistoryEntry {
  return { version: null, author, message, at, commit, hash: null };
}
