import type { Domain, DomainCheck, FoundRecord } from '../../schemas/domain.ts';
import type { DnsLookup } from './dns-lookup.ts';
import { belonging, judge } from './judge-records.ts';
import { type WantedRecord, wantedRecords } from './wanted-records.ts';

/** Looks all records up at once. `now` in milliseconds. */
export async function checkDomain(domain: Domain, dns: DnsLookup, now: number): Promise<DomainCheck> {
  const records = await Promise.all(wantedRecords(domain).map((wanted) => look(wanted, domain, dns)));
  return { at: new Date(now).toISOString(), records };
}

const shownRecords = 20;
const shownCharacters = 1_000;

async function look(wanted: WantedRecord, domain: Domain, dns: DnsLookup): Promise<FoundRecord> {
  const answer = await dns.ask(wanted.type, wanted.name);
  if ('failed' in answer) {
    const advice = `The DNS gave no answer (${answer.failed}). That says nothing about the record; check again later.`;
    return { key: wanted.key, state: 'unknown', found: [], advice };
  }
  const found = belonging(wanted, answer.values);
  return {
    key: wanted.key,
    found: found.slice(0, shownRecords).map((text) => text.slice(0, shownCharacters)),
    ...judge(wanted, answer.values, domain),
  };
}

/**
 * Enters what a check found. A domain is verified while its DNS vouches for what we send: by one of our keys, or by an SPF record that names
 * our way out. Where the DNS did not answer, nothing changes. A person who looks sees what is there now; by the clock a domain is verified until a second
 * check in a row finds nothing.
 */
export function enterCheck(domain: Domain, check: DomainCheck, by: 'person' | 'clock'): void {
  domain.missed = missedOf(domain, check);
  domain.check = check;
  const stateOf = (key: string) => check.records.find((record) => record.key === key)?.state;
  for (const key of domain.dkim) {
    if (stateOf(`dkim:${key.selector}`) === 'found') key.seenAt = check.at;
  }
  const vouching = [
    ...domain.dkim.map(({ selector }) => stateOf(`dkim:${selector}`)),
    ...(domain.spf === undefined ? [] : [stateOf('spf')]),
  ];
  if (vouching.includes('found')) domain.verifiedAt ??= check.at;
  else if (!vouching.includes('unknown') && !(by === 'clock' && isFading(domain))) delete domain.verifiedAt;
}

/** A record that was never found cannot be missed; one that nobody answered for is neither there nor gone. */
function missedOf({ missed = {}, check: before }: Domain, { records }: DomainCheck): Record<string, number> {
  return Object.fromEntries(
    records.flatMap(({ key, state }): [string, number][] => {
      if (state === 'found') return [[key, 0]];
      const wasFound = before?.records.some((record) => record.key === key && record.state === 'found') === true;
      const misses = Object.hasOwn(missed, key) ? missed[key] : wasFound ? 0 : undefined;
      if (misses === undefined) return [];
      return [[key, state === 'unknown' ? misses : misses + 1]];
    }),
  );
}

/** What vouched for it was missed for the first time. */
function isFading({ missed = {}, dkim, spf }: Domain): boolean {
  const keys = [...dkim.map(({ selector }) => `dkim:${selector}`), ...(spf === undefined ? [] : ['spf'])];
  return keys.some((key) => missed[key] === 1);
}
