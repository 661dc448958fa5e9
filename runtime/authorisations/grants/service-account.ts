import { createPrivateKey, createSign } from 'node:crypto';
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

/**
 * The key as PEM, from whatever people paste: the PEM itself, the value out of Google's JSON file with its `\\n` as they stand there, or the
 * whole file.
 *
 * @throws UserError `key-unreadable`.
 */
export function readServiceKey(entered: string): string {
  const text = entered.trim();
  const pem = (text.startsWith('{') ? keyInFile(text) : text.replace(/^"|",?$/g, '')).replaceAll('\\n', '\n');
  try {
    if (createPrivateKey(pem).asymmetricKeyType === 'rsa') return pem;
  } catch {
    // The cause could quote the key.
  }
  throw unreadable();
}

function keyInFile(text: string): string {
  try {
    const file: unknown = JSON.parse(text);
    const key: unknown = typeof file === 'object' && file !== null ? Reflect.get(file, 'private_key') : undefined;
    return typeof key === 'string' ? key : '';
  } catch {
    return '';
  }
}

function unreadable(): UserError {
  const message =
    'The private key of the service account is no RSA key. Paste private_key of its JSON file, or the whole file.';
  return new UserError('key-unreadable', message, { status: 422 });
}

function sign(claims: object, key: string, keyId: string | undefined): string {
  const header = { alg: 'RS256', typ: 'JWT', ...(keyId === undefined ? {} : { kid: keyId }) };
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  try {
    return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`;
  } catch {
    // The cause could quote the key.
    throw unreadable();
  }
}
