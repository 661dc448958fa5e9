import { createSign } from 'node:crypto';
import { UserError } from '../../../schemas/errors.ts';
import { genericClient, grantedOf, loadClient } from '../generic-client.ts';
import type { GrantKind } from './grant-kind.ts';

const lifeSeconds = 3_600;

/** RFC 7523 as Google wants it: the robot signs that it acts for a user, and gets a token for that user's mailbox. */
export const serviceAccount: GrantKind<'service-account'> = {
  isInteractive: false,
  isPerUser: true,
  async request({ grant }, { exchange, open, now, user }) {
    const { genericGrantRequest } = await loadClient();
    const client = await genericClient({ tokenUrl: grant.tokenUrl, clientId: grant.email }, exchange);
    const issuedAt = Math.floor(now() / 1_000);
    const claims = {
      iss: grant.email,
      sub: user,
      scope: grant.scope,
      aud: grant.tokenUrl,
      iat: issuedAt,
      exp: issuedAt + lifeSeconds,
    };
    const assertion = sign(claims, open(grant.key), grant.keyId);
    const form = { assertion };
    return grantedOf(
      await exchange.during(() => genericGrantRequest(client, 'urn:ietf:params:oauth:grant-type:jwt-bearer', form)),
      now(),
    );
  },
};

function sign(claims: object, key: string, keyId: string | undefined): string {
  const header = { alg: 'RS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) };
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  try {
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
  } catch {
    // The cause could quote the key.
    throw new UserError(
      'key-unreadable',
      'The private key of the service account is no RSA key. Paste the JSON file again.',
      {
        status: 422,
      },
    );
  }
}
