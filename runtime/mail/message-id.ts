import { hash, randomUUID } from 'node:crypto';

/**
 * A Message-ID of our own, without angle brackets, as the email schema keeps ids: `sluice.<mark>.<random>@<domain>`.
 * The mark tells our own mail when it comes back; the 122 random bits make an id that nobody can guess, so that a stranger
 * cannot join a conversation by naming it. `unique` in their place must be as hard to guess.
 */
export function createMessageId(
  installation: string,
  domain: string,
  unique: string = randomUUID().replaceAll('-', ''),
): string {
  return `sluice.${mark(installation)}.${unique}@${domain}`;
}

/**
 * Was this id made by this installation? Angle brackets may be there or not. It is no proof of origin: anybody who has seen one of our
 * mails can write such an id. Use it to withhold (loops), never to permit.
 */
export function isOwnMessageId(id: string, installation: string): boolean {
  if (installation === '') return false;
  return id.replace(/^<|>$/g, '').startsWith(`sluice.${mark(installation)}.`);
}

/** Hashed, because Message-IDs are public and the installation's name is nobody's business. */
function mark(installation: string): string {
  return hash('sha256', `message-id:${installation}`).slice(0, 12);
}
