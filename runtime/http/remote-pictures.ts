import type { RemotePictures } from '../../schemas/api/mail-content.ts';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import type { HttpDoor } from '../egress/door.ts';
import { fetchRemotePicture } from '../egress/remote-picture.ts';
import { pictureAddresses } from '../mail/picture-addresses.ts';

/** Loads the pictures of a mail in place of whoever reads it. */
export interface RemotePictureLoader {
  /**
   * Those that the HTML names, and no others. `reader` is who asked.
   *
   * @throws UserError `too-many-loads` (429).
   */
  load(html: string, reader: string): Promise<RemotePictures>;
}

/**
 * Of one mail: newsletters have some fifty pictures. A reader opens a mail every few seconds at the most, so that nobody can make this
 * server call others without end.
 */
const limits = { pictures: 100, bytes: 20 * 1024 * 1024, timeMs: 25_000, atOnce: 6, loadsPerMinute: 20 };

export function createRemotePictureLoader(deps: { door: HttpDoor; clock: { now(): number } }): RemotePictureLoader {
  const begun = new Map<string, number[]>();

  function count(reader: string): void {
    const now = deps.clock.now();
    const recent = (begun.get(reader) ?? []).filter((at) => now - at < 60_000);
    const [oldest = now] = recent;
    if (recent.length >= limits.loadsPerMinute) {
      const retryAfterSeconds = Math.max(1, Math.ceil((oldest + 60_000 - now) / 1_000));
      const message = `Pictures of ${limits.loadsPerMinute} mails were loaded within a minute. Try again in ${retryAfterSeconds} s.`;
      throw new UserError('too-many-loads', message, { status: 429, data: { retryAfterSeconds } });
    }
    begun.set(reader, [...recent, now]);
  }

  return {
    async load(html, reader) {
      count(reader);
      const deadline = AbortSignal.timeout(limits.timeMs);
      const waiting = pictureAddresses(html, limits.pictures);
      const result: RemotePictures = { items: [], failed: [] };
      let bytes = 0;

      async function work(): Promise<void> {
        for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
          try {
            if (bytes >= limits.bytes) throw tooMuch();
            const { type, content } = await fetchRemotePicture(deps.door, url, deadline);
            bytes += content.byteLength;
            if (bytes > limits.bytes) throw tooMuch();
            result.items.push({ url, type, data: Buffer.from(content).toString('base64') });
          } catch (thrown) {
            result.failed.push({ url, reason: reasonOf(thrown, deadline) });
          }
        }
      }

      await Promise.all(Array.from({ length: limits.atOnce }, work));
      return result;
    },
  };
}

function tooMuch(): OperationalError {
  return new OperationalError('pictures-too-large', 'The pictures of this mail are too large together.');
}

function reasonOf(thrown: unknown, deadline: AbortSignal): string {
  if (deadline.aborted) return `All of them together took longer than ${limits.timeMs / 1_000} s.`;
  return coerceError(thrown).message;
}
