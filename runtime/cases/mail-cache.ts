import { createHash } from 'node:crypto';
import type { Email } from '../../schemas/email.ts';
import type { ParseMail } from './run-cases.ts';

/** Mails of cases hardly ever change, and are run after every edit while the panel is open. */
const maxMails = 500;
const maxBytes = 33_554_432;

/** Parses each mail once, as long as it is among the last used. */
export function cachedParse(parse: ParseMail): ParseMail {
  const kept = new Map<string, { email: Promise<Email>; size: number }>();
  let bytesKept = 0;

  const forget = (key: string) => {
    bytesKept -= kept.get(key)?.size ?? 0;
    kept.delete(key);
  };

  return (bytes, envelope) => {
    const key = createHash('sha256')
      .update(JSON.stringify(envelope ?? null))
      .update(bytes)
      .digest('base64');
    const known = kept.get(key);
    const entry = known ?? { email: parse(bytes, envelope), size: bytes.byteLength };
    // Anew at the end: the first key is then the one that was not used for the longest time.
    forget(key);
    kept.set(key, entry);
    bytesKept += entry.size;
    if (known === undefined) entry.email.catch(() => forget(key));
    for (const oldest of kept.keys()) {
      if (kept.size <= maxMails && bytesKept <= maxBytes) break;
      forget(oldest);
    }
    return entry.email;
  };
}
