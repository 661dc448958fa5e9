import { OperationalError, UserError } from '../../schemas/errors.ts';
import { pictureType } from '../../schemas/picture-type.ts';
import type { HttpDoor } from './door.ts';

export interface RemotePicture {
  type: string;
  content: Uint8Array;
}

/** A photo of a newsletter has some hundred kB; servers that want more time than this are broken or play for it. */
const limits = { bytes: 5 * 1024 * 1024, timeMs: 8_000, redirects: 3 };

/**
 * Gets one picture from an address that a stranger chose. Nothing of the reader goes out: no cookie, no referrer, no name of a program.
 * Each redirect passes the door's guard like the first address. What does not begin as a picture begins is refused, whatever it is called.
 *
 * @throws UserError `address-refused`, `not-a-picture`; OperationalError as the door does, `picture-refused`, `too-many-redirects`.
 */
export async function fetchRemotePicture(door: HttpDoor, address: string, signal: AbortSignal): Promise<RemotePicture> {
  let url = address;
  for (let hops = 0; hops <= limits.redirects; hops += 1) {
    const answer = await door({
      method: 'GET',
      url,
      headers: { accept: 'image/*' },
      timeoutMs: limits.timeMs,
      maxResponseBytes: limits.bytes,
      signal,
    });
    const next = redirectOf(answer.status, answer.headers.location, url);
    if (next === null) return pictureOf(answer);
    url = next;
  }
  throw new OperationalError('too-many-redirects', `The picture was moved more than ${limits.redirects} times.`);
}

function redirectOf(status: number, location: string | undefined, from: string): string | null {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return null;
  return URL.parse(location, from)?.href ?? null;
}

function pictureOf({ status, body }: { status: number; body: Uint8Array }): RemotePicture {
  if (status !== 200) throw new OperationalError('picture-refused', `Its server answered with status ${status}.`);
  const type = pictureType(body);
  if (type === null) throw new UserError('not-a-picture', 'What its server sent is no picture.', { status: 422 });
  return { type, content: body };
}
