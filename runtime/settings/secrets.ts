import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  randomBytes,
  scryptSync,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../schemas/errors.ts';

const prefix = 'sealed:v1';
const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const signatureLetters = 'abcdefghijklmnopqrstuvwxyz234567';

/** Seals secrets for the settings document and opens them where they are used. */
export interface SecretBox {
  /** `sealed:v1:<key id>:<base64url of iv, tag and ciphertext>`; a fresh iv each time. */
  seal(secret: string): string;
  /** Throws UserError `secret-unreadable` if it was sealed with a key that is not at hand, or was changed. */
  open(sealed: string): string;
  /** The text, which may hold many of them as a JSON document does, with every secret sealed by the key of today; how many were not. */
  sealAnew(text: string): { text: string; secrets: number };
  /**
   * 16 characters out of a-z and 2-7 (80 bits) that only this installation can make for the text; every purpose has signatures of its own.
   * Such characters survive every mail server, whatever it does to case.
   */
  sign(purpose: string, text: string): string;
}

export interface KeyPhrases {
  /** SLUICE_SECRET_KEY; without it the key is in `<folder>/secret.key`, made with mode 0600 on first start. */
  secretKey?: string | undefined;
  /** SLUICE_FORMER_SECRET_KEY: opens what was sealed before, seals nothing. */
  formerKey?: string | undefined;
}

/** Of a rotation that is under way: `sluice rotate-key` takes it away once nothing is sealed with it any more. */
export const formerKeyFile = 'secret.key.former';
export const keyFile = 'secret.key';

/** A stolen settings file without its key gives no password away; so keep the two apart in backups. */
export async function openSecretBox(folder: string, { secretKey, formerKey }: KeyPhrases = {}): Promise<SecretBox> {
  const own = secretKey ? keyFromPhrase(secretKey) : await keyFromFile(join(folder, keyFile));
  const former = [
    ...(formerKey ? [keyFromPhrase(formerKey)] : []),
    // From a file to a phrase: what the file sealed is still to be opened.
    ...(await keysThere(
      secretKey ? [join(folder, keyFile), join(folder, formerKeyFile)] : [join(folder, formerKeyFile)],
    )),
  ];
  return createSecretBox(own, former);
}

const sealedInText = /sealed:v1:[0-9a-f]{8}:[A-Za-z0-9_-]+/g;

function createSecretBox(own: Buffer, former: readonly Buffer[]): SecretBox {
  const keyId = idOf(own);
  // Made once: every answer is signed, and wrapping the bytes anew costs nine times the signature.
  const key = createSecretKey(own);
  const keys = new Map([...former.map((bytes) => [idOf(bytes), createSecretKey(bytes)] as const), [keyId, key]]);
  const box: SecretBox = {
    seal(secret) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv(algorithm, key, iv).setAAD(Buffer.from(prefix));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return `${prefix}:${keyId}:${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    sign(purpose, text) {
      const mac = createHmac('sha256', key).update(`${purpose}\0${text}`).digest();
      return Array.from(mac.subarray(0, 16), (byte) => signatureLetters[byte % 32]).join('');
    },
    open(sealed) {
      const [scheme, version, sealedWith = '', payload = ''] = sealed.split(':');
      const opening = keys.get(sealedWith);
      if (`${scheme}:${version}` !== prefix || opening === undefined) throw unreadable();
      const bytes = Buffer.from(payload, 'base64url');
      try {
        const decipher = createDecipheriv(algorithm, opening, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(prefix)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw unreadable(cause);
      }
    },
    sealAnew(text) {
      let secrets = 0;
      const anew = text.replace(sealedInText, (sealed) => {
        if (sealed.startsWith(`${prefix}:${keyId}:`)) return sealed;
        secrets += 1;
        return box.seal(box.open(sealed));
      });
      return { text: anew, secrets };
    },
  };
  return box;
}

function idOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}

function unreadable(cause?: unknown): UserError {
  return new UserError(
    'secret-unreadable',
    'A stored password cannot be opened: it was sealed with another key. Start with the former SLUICE_SECRET_KEY or secret.key, or enter the password again.',
    { cause },
  );
}

/** A phrase of any length becomes 256 bits; the fixed salt is enough because the phrase is a key, not a person's password. */
function keyFromPhrase(phrase: string): Buffer {
  return scryptSync(phrase, 'sluice secret key', 32);
}

async function keyFromFile(file: string): Promise<Buffer> {
  try {
    // `wx`: of two servers that start at once, one makes the key and the other reads it.
    const handle = await open(file, 'wx', 0o600);
    const key = randomBytes(32);
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
    await handle.close();
    return key;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  await chmod(file, 0o600);
  return await readKey(file);
}

async function readKey(file: string): Promise<Buffer> {
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
  if (key.length !== 32) {
    throw new UserError('secret-key-damaged', `${file} does not hold a key of 32 bytes. Restore it from a backup.`);
  }
  return key;
}

async function keysThere(files: readonly string[]): Promise<Buffer[]> {
  const there = files.filter((file) => existsSync(file));
  return await Promise.all(there.map(readKey));
}

/** A fresh key as `secret.key` holds it. */
export function newKeyText(): string {
  return `${randomBytes(32).toString('base64')}\n`;
}
