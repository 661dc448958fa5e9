import type { SMTPServerDataStream } from 'smtp-server';
import { OperationalError, UserError } from '../../../schemas/errors.ts';

/** Bytes of mails that are arriving at this moment, over all connections. */
export interface MemoryBudget {
  readonly limit: number;
  used: number;
}

/**
 * Reads one mail as it comes. Over the limit the rest is read and thrown away, so that the sender hears the refusal; from twice the limit on
 * nobody listens any more. Rejects with a UserError (what was sent is refused for good) or an OperationalError (try later).
 */
export async function collect(stream: SMTPServerDataStream, maxBytes: number, memory: MemoryBudget): Promise<Buffer> {
  let chunks: Buffer[] = [];
  let kept = 0;
  let total = 0;
  let crowded = false;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      total += chunk.byteLength;
      if (total > 2 * maxBytes)
        throw new UserError('mail-endless', 'Far more was sent than the size limit allows', { status: 413 });
      crowded ||= memory.used + chunk.byteLength > memory.limit;
      if (crowded || total > maxBytes) {
        memory.used -= kept;
        kept = 0;
        chunks = [];
        continue;
      }
      chunks.push(chunk);
      kept += chunk.byteLength;
      memory.used += chunk.byteLength;
    }
    if (total > maxBytes) throw new UserError('mail-too-large', `The limit is ${maxBytes} bytes`, { status: 413 });
    if (crowded) throw new OperationalError('receiver-busy', 'Too much mail is arriving at once; try again later');
    return Buffer.concat(chunks, kept);
  } finally {
    memory.used -= kept;
  }
}

/**
 * Whether a mail holds a line with a lone dot that ends, or follows a line that ends, in something else than CRLF. Servers disagree on
 * whether that ends a mail; a sender who relies on it hides a second mail in the first (SMTP smuggling, CVE-2023-51764 and its kin).
 */
export function isSmuggling(mail: Buffer): boolean {
  for (let at = mail.indexOf('.'); at >= 0; at = mail.indexOf('.', at + 1)) {
    const before = lineEndBefore(mail, at);
    if (before === undefined) continue;
    const after = lineEndAfter(mail, at + 1);
    if (after !== undefined && (before !== 'CRLF' || after !== 'CRLF')) return true;
  }
  return false;
}

const CR = 0x0d;
const LF = 0x0a;

function lineEndBefore(mail: Buffer, at: number): 'CRLF' | 'bare' | undefined {
  if (mail[at - 1] === LF) return mail[at - 2] === CR ? 'CRLF' : 'bare';
  return mail[at - 1] === CR ? 'bare' : undefined;
}

function lineEndAfter(mail: Buffer, at: number): 'CRLF' | 'bare' | undefined {
  if (mail[at] === LF) return 'bare';
  if (mail[at] === CR) return mail[at + 1] === LF ? 'CRLF' : 'bare';
  return undefined;
}
