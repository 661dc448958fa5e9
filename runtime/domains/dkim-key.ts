import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { DkimKey, Domain } from '../../schemas/domain.ts';

const generate = promisify(generateKeyPair);

/** RSA of 2,048 bits: every server verifies it, which cannot be said of Ed25519. */
export async function makeDkimKey(
  domain: Pick<Domain, 'dkim'>,
  seal: (secret: string) => string,
  now: number,
): Promise<DkimKey> {
  const { publicKey, privateKey } = await generate('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const createdAt = new Date(now).toISOString();
  return {
    selector: freeSelector(domain, createdAt.slice(0, 10).replaceAll('-', '')),
    publicKey: publicKey.toString('base64'),
    privateKey: seal(privateKey),
    createdAt,
  };
}

/** Dated, so that a person sees in the DNS which key is the old one. */
function freeSelector({ dkim }: Pick<Domain, 'dkim'>, date: string): string {
  const taken = new Set(dkim.map(({ selector }) => selector));
  let selector = `sluice-${date}`;
  for (let number = 2; taken.has(selector); number += 1) selector = `sluice-${date}-${number}`;
  return selector;
}
