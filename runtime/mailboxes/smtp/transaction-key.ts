import { createHash } from 'node:crypto';
import { ulid } from 'ulid';

/** No ordinary mail has a longer head; beyond it nobody looks for a Message-ID. */
const headBytes = 65_536;

/**
 * The key of a mail that came by SMTP. A client that lost our 250 sends the same mail again (RFC 5321, 4.5.4.1 asks it to), and must not
 * make a second interaction: so the key is made from what it repeats, envelope and bytes. That is sound only where each mail differs by its
 * Message-ID; one without may be a machine that says the same thing twice and means it, so each of those has a key of its own.
 */
export function transactionKey(envelope: { from: string; to: readonly string[] }, bytes: Buffer): string {
  if (!hasMessageId(bytes)) return ulid();
  const hash = createHash('sha256');
  for (const part of [envelope.from, ...envelope.to]) hash.update(`${part}\0`);
  return hash.update(bytes).digest('base64url');
}

function hasMessageId(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, headBytes);
  const [head = ''] = start.split(/\r?\n\r?\n/, 1);
  return /^message-id:[ \t]*\S/im.test(head);
}
