import type { DkimKey, Domain } from '../../schemas/domain.ts';

/** A record that the domain's DNS should have. */
export interface WantedRecord {
  /** `mx`, `spf`, `dkim:<selector>`, `dmarc`. */
  key: string;
  type: 'MX' | 'TXT';
  /** Full name of the record. */
  name: string;
  value: string;
  /** For a person: what it is good for. */
  purpose: string;
}

/** What to publish, by what the domain is used for. */
export function wantedRecords(domain: Domain): WantedRecord[] {
  const { name } = domain;
  return [
    ...(domain.receives && domain.mailHost !== undefined
      ? [
          {
            key: 'mx',
            type: 'MX' as const,
            name,
            value: `10 ${domain.mailHost}`,
            purpose: 'Other servers bring mail for the domain to the built-in receiver.',
          },
        ]
      : []),
    {
      key: 'spf',
      type: 'TXT',
      name,
      value: `v=spf1 ${domain.spf ?? 'mx'} ~all`,
      purpose:
        'Names the servers that may send mail of the domain. A domain has one such record: add to it what is there.',
    },
    ...domain.dkim.map((key) => ({
      key: `dkim:${key.selector}`,
      type: 'TXT' as const,
      name: `${key.selector}._domainkey.${name}`,
      value: dkimRecord(key),
      purpose: 'The public key of our signatures: shows that a mail is ours and was not changed.',
    })),
    {
      key: 'dmarc',
      type: 'TXT',
      name: `_dmarc.${name}`,
      value: 'v=DMARC1; p=none',
      purpose: 'Tells other servers what to do with mail that is neither signed by us nor sent by our servers.',
    },
  ];
}

function dkimRecord({ publicKey }: DkimKey): string {
  return `v=DKIM1; k=rsa; p=${publicKey}`;
}
