import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  randomBytes,
  scryptSync,
} from 'node:crypto';
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
  /** Throws UserError `secret-unreadable` if it was sealed with another key or was changed. */
  open(sealed: string): string;
  /**
   * 16 characters out of a-z and 2-7 (80 bits) that only this installation can make for the text; every purpose has signatures of its own.
   * Such characters survive every mail server, whatever it does to case.
   */
  sign(purpose: string, text: string): string;
}

/**
 * The key comes from `secretKey` (SLUICE_SECRET_KEY) or from `<folder>/secret.key`, made with mode 0600 on first start.
 * A stolen settings file without its key gives no password away; so keep the two apart in backups.
 */
export async function openSecretBox(folder: string, secretKey?: string): Promise<SecretBox> {
  return createSecretBox(secretKey ? keyFromPhrase(secretKey) : await keyFromFile(join(folder, 'secret.key')));
}

function createSecretBox(bytes: Buffer): SecretBox {
  const keyId = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  // Made once: every answer is signed, and wrapping the bytes anew costs nine times the signature.
  const key = createSecretKey(bytes);
  return {
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
      const [scheme, version, sealedWith, payload = ''] = sealed.split(':');
      if (`${scheme}:${version}` !== prefix || sealedWith !== keyId) throw unreadable();
      const bytes = Buffer.from(payload, 'base64url');
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(prefix)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw unreadable(cause);
      }
    },
  };
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
  const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
  if (key.length !== 32) {
    throw new UserError('secret-key-damaged', `${file} does not hold a key of 32 bytes. Restore it from a backup.`);
  }
  return key;
}
