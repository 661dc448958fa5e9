import { OperationalError } from '../../../schemas/errors.ts';
import type { GraphClient } from '../../graph/client.ts';
import { GraphRefusal } from '../../graph/refusal.ts';
import { shortenMail } from '../../mail/shorten.ts';
import { headOf } from '../identity.ts';
import type { RawMail } from '../source.ts';
import type { ListedMessage } from './delta-page.ts';

/** How often a mail may fail to be handed over before it is taken without content. */
const giveUpAfter = 3;

export interface MimeFetcher {
  /** The mail; null where it is not there any more. Rejects where the server is in trouble, or, the first times, with the mail alone. */
  fetch(client: GraphClient, message: ListedMessage, folder: string): Promise<RawMail | null>;
}

/** The bytes of a mail up to a limit; `size` is what the server has of it, or at least that. */
export async function readMime(
  client: GraphClient,
  id: string,
  maxBytes: number,
): Promise<{ bytes: Uint8Array; isCut: boolean; size: number }> {
  const path = `${client.root}/messages/${encodeURIComponent(id)}/$value`;
  const { body, isCut, headers } = await client.call({ path, maxBytes, cutsOff: true });
  const length = Number(headers['content-length']);
  return {
    bytes: body,
    isCut,
    size: Number.isSafeInteger(length) ? Math.max(length, body.byteLength) : body.byteLength,
  };
}

/** Remembers which mails make trouble: one mail must not keep back those behind it for ever. */
export function createMimeFetcher(maxBytes: number): MimeFetcher {
  const troubles = new Map<string, number>();

  async function read(
    client: GraphClient,
    id: string,
  ): Promise<Pick<RawMail, 'bytes' | 'truncated' | 'wholeSize'> | null> {
    try {
      const { bytes, isCut, size } = await readMime(client, id, maxBytes);
      troubles.delete(id);
      if (!isCut) return { bytes };
      const mail = shortenMail(bytes);
      return mail === null ? { bytes: headOf(bytes), truncated: true } : { bytes: mail.bytes, wholeSize: size };
    } catch (error) {
      if (error instanceof GraphRefusal && error.status === 404) return null;
      if (!isAboutTheMail(error)) throw error;
      // Refused outright: it would be the next time, too.
      const isHopeless = error instanceof GraphRefusal && error.status < 500;
      const failures = (troubles.get(id) ?? 0) + (isHopeless ? giveUpAfter : 1);
      troubles.set(id, failures);
      if (failures < giveUpAfter) throw error;
      troubles.delete(id);
      // Quarantined empty, so that somebody sees it at least.
      return { bytes: new Uint8Array(), truncated: true };
    }
  }

  return {
    async fetch(client, { id, receivedAt }, folder) {
      const mail = await read(client, id);
      return mail && { folder, serverKey: id, receivedAt, ...mail };
    },
  };
}

/** Graph refused this one, or broke off in the middle of it; where nothing at all is answered the mail is not to blame. */
function isAboutTheMail(error: unknown): boolean {
  if (error instanceof OperationalError) return error.code === 'http-timeout';
  return error instanceof GraphRefusal && ![401, 403, 429].includes(error.status);
}
