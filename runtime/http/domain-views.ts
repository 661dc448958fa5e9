import { domainToUnicode } from 'node:url';
import { addressParts } from '../../schemas/addresses/address.ts';
import type { DomainView } from '../../schemas/api/domains.ts';
import { type Domain, isReserved, isVerified } from '../../schemas/domain.ts';
import type { Settings } from '../../schemas/settings.ts';
import { signingKey } from '../../schemas/signing-key.ts';
import { wantedRecords } from '../domains/wanted-records.ts';

/** A domain as pages see it; no private key is in it. */
export function domainView(domain: Domain, { fromAddresses }: Pick<Settings, 'fromAddresses'>): DomainView {
  const unicode = domainToUnicode(domain.name) || domain.name;
  const signing = signingKey(domain)?.selector;
  const { mailHost, spf, check } = domain;
  return {
    id: domain.id,
    name: domain.name,
    unicode,
    isMixed: unicode.split('.').some(isMixed),
    receives: domain.receives,
    ...(mailHost === undefined ? {} : { mailHost }),
    ...(spf === undefined ? {} : { spf }),
    verified: isVerified(domain),
    isReserved: isReserved(domain.name),
    checkedAt: check?.at ?? null,
    records: wantedRecords(domain).map((wanted) => {
      const found = check?.records.find(({ key }) => key === wanted.key);
      return { ...wanted, ...(found ?? { state: 'unchecked' as const, found: [], advice: '' }) };
    }),
    dkim: domain.dkim.map(({ selector, createdAt, seenAt }) => ({
      selector,
      createdAt,
      seenAt: seenAt ?? null,
      signs: selector === signing,
    })),
    fromAddresses: fromAddresses.filter(({ address }) => addressParts(address)?.domain === domain.name).length,
  };
}

const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];

function isMixed(label: string): boolean {
  return alphabets.filter((alphabet) => alphabet.test(label)).length > 1;
}
