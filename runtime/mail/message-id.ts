import { randomBytes } from 'node:crypto';

/** `<random>.<installation>@<domain>`, without angle brackets: the middle part tells an installation its own mail. */
export function createMessageId(installation: string, domain: string): string {
  return `${randomBytes(12).toString('hex')}.${installation}@${domain}`;
}

/** True if this installation made the id, whatever became of its brackets and its case on the way. */
export function isOwnMessageId(id: string, installation: string): boolean {
  const local = id.slice(0, Math.max(0, id.lastIndexOf('@'))).toLowerCase();
  return /^<?[0-9a-f]{24}\./.test(local) && local.endsWith(`.${installation}`);
}
