import Type from 'typebox';
import { addressParts } from './addresses/address.ts';
import { closed } from './closed.ts';
import { type Domain, isVerified } from './domain.ts';
import { idSchema } from './ids.ts';
import { headerTextPattern } from './route.ts';

/** An address that we may write from, chosen by a route or a flow. */
export const fromAddressSchema = closed({
  id: idSchema,
  /** Domain in ASCII. */
  address: Type.String({ minLength: 3, maxLength: 254 }),
  name: Type.String({ maxLength: 200, pattern: headerTextPattern }),
  /** Addresses that belong together are shown together. */
  group: Type.Optional(Type.String({ minLength: 1, maxLength: 60, pattern: headerTextPattern })),
});

export type FromAddress = Type.Static<typeof fromAddressSchema>;

/** Why this address must not be written from; null where it may. */
export function fromProblem(address: string, domains: readonly Pick<Domain, 'name' | 'verifiedAt'>[]): string | null {
  const name = addressParts(address)?.domain;
  if (name === undefined) return `"${address}" is no address.`;
  const domain = domains.find((candidate) => candidate.name === name);
  if (domain === undefined)
    return `${name} is none of our domains. Add it under Domains and publish its records first.`;
  if (isVerified(domain)) return null;
  return `${name} is not verified: other servers would take mail from it for forged. Publish its DKIM or SPF record and check it under Domains.`;
}
