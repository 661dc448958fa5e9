import type { DkimKey, Domain } from './domain.ts';

/**
 * The key that signs: the newest whose record was seen. A new one therefore stands beside the old one until others can verify it; where none
 * was seen yet, the oldest signs, which is of no use to anybody but does no harm.
 */
export function signingKey({ dkim }: Pick<Domain, 'dkim'>): DkimKey | undefined {
  const newestFirst = dkim.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  return newestFirst.find(({ seenAt }) => seenAt !== undefined) ?? newestFirst.at(-1);
}
