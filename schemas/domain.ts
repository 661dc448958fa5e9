import Type from 'typebox';
import { closed } from './closed.ts';
import { idSchema } from './ids.ts';
import { sealedSchema } from './secrets.ts';

export const recordStateSchema = Type.Union([
  Type.Literal('found'),
  Type.Literal('missing'),
  Type.Literal('wrong'),
  /** The lookup itself failed: nothing is known. */
  Type.Literal('unknown'),
]);

/** One record of a domain, as a lookup found it. */
const foundRecordSchema = closed({
  /** `mx`, `spf`, `dkim:<selector>`, `dmarc`. */
  key: Type.String({ maxLength: 100 }),
  state: recordStateSchema,
  found: Type.Array(Type.String({ maxLength: 1_000 }), { maxItems: 20 }),
  /** What to do; empty where nothing is. */
  advice: Type.String({ maxLength: 1_000 }),
});

const domainCheckSchema = closed({
  at: Type.String({ description: 'ISO 8601, UTC' }),
  records: Type.Array(foundRecordSchema, { maxItems: 20 }),
});

/** A DKIM key made here. Signing goes on with the older key until the record of the newer one was seen. */
export const dkimKeySchema = closed({
  selector: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,61}$' }),
  /** RSA 2048 as in the record: SPKI, DER, base64. */
  publicKey: Type.String({ maxLength: 2_000 }),
  privateKey: sealedSchema,
  createdAt: Type.String(),
  /** When its record was last seen; left out until it was. */
  seenAt: Type.Optional(Type.String()),
});

/** A domain of ours: which mail it takes, and who may know that what we send from it is ours. */
export const domainSchema = closed({
  id: idSchema,
  /** ASCII, lower case. */
  name: Type.String({ pattern: '^[a-z0-9_.-]{1,253}$' }),
  /** True where the built-in receiver takes its mail. */
  receives: Type.Boolean(),
  /** Name by which other servers reach the built-in receiver, for the MX record. */
  mailHost: Type.Optional(Type.String({ pattern: '^[a-z0-9_.-]{1,253}$' })),
  /** What SPF must name of our way out: `include:spf.example.net`, `ip4:192.0.2.1`, `a:mail.example.com`. */
  spf: Type.Optional(Type.String({ pattern: '^(include|ip4|ip6|a|mx|redirect)([:=/][A-Za-z0-9_.:/-]{1,253})?$' })),
  dkim: Type.Array(dkimKeySchema, { maxItems: 4 }),
  check: Type.Optional(domainCheckSchema),
  /** Of each record that was found once: how many checks since then have not found it. */
  missed: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.Integer({ minimum: 0 }))),
  /** Since when its DNS vouches for what we send; left out while it does not. */
  verifiedAt: Type.Optional(Type.String()),
});

export type FoundRecord = Type.Static<typeof foundRecordSchema>;
export type DomainCheck = Type.Static<typeof domainCheckSchema>;
export type DkimKey = Type.Static<typeof dkimKeySchema>;
export type Domain = Type.Static<typeof domainSchema>;

/** Names that RFC 2606 and RFC 6761 keep out of the public DNS: there is nothing to look up, and nobody to deceive. */
const reserved = /(^|\.)(test|example|invalid|localhost|local|internal)$/;

export function isReserved(domain: string): boolean {
  return reserved.test(domain);
}

export function isVerified(domain: Pick<Domain, 'name' | 'verifiedAt'>): boolean {
  return domain.verifiedAt !== undefined || isReserved(domain.name);
}

/** Records that were there and are not any more. One miss may be a resolver's. */
export function lostRecords({ missed = {} }: Pick<Domain, 'missed'>): string[] {
  return Object.keys(missed).filter((key) => (missed[key] ?? 0) >= 2);
}

/** The domains that the built-in receiver takes mail for. */
export function receivedDomains({ domains }: { domains: readonly Domain[] }): string[] {
  return domains.filter(({ receives }) => receives).map(({ name }) => name);
}
