import { OperationalError, UserError } from '../../../schemas/errors.ts';
import type { Credentials, GetCredentials } from '../../authorisations/credentials.ts';
import { logIn } from '../../authorisations/log-in.ts';
import { assertSecure } from '../assert-secure.ts';
import { isTokenRefusal, tlsFailed } from '../connection-failure.ts';
import type { Server } from '../server-settings.ts';
import { type Authenticate, authenticateWith } from './authenticate.ts';
import { protocol, Refusal } from './failure.ts';
import { type ListedMail, mergeListings } from './listing.ts';
import { badAnswer, openWire, type Wire, type WireTiming } from './wire.ts';

export interface FetchItem extends ListedMail {
  /** Asks for the header block and so many lines of the body; undefined asks for all of it. */
  lines?: number | undefined;
}

/** A mail as far as it was asked for, `whole` if that is all of it; or the server's refusal to hand it over. */
type Fetched = { bytes: Buffer; whole: boolean } | Refusal;

/** A maildrop that is ours alone until the end of the session. */
export interface Pop3Connection {
  /** Rejects with UserError `uidl-missing` or `uidl-not-unique`. */
  list(): Promise<ListedMail[]>;
  /** Hands over mails in the order given; the next one is not read before `take` has resolved. */
  fetch(
    items: readonly FetchItem[],
    maxBytes: number,
    take: (item: FetchItem, fetched: Fetched) => Promise<void>,
  ): Promise<void>;
  /** Marks for deletion, which `quit` carries out. Resolves with the numbers that the server refused. */
  remove(numbers: readonly number[]): Promise<number[]>;
  /** Ends the session properly: only now are marked mails deleted. */
  quit(): Promise<void>;
  close(): void;
}

/** Lists of more mails than any maildrop has; see the limits in docs/mailboxes.md. */
const listingBytes = 16 * 1_048_576;
/** A mail may be longer than announced: servers round, or count line ends as one byte. */
const sizeMargin = 1_048_576;
const headBytes = 262_144;
/** Commands sent ahead of their answers, where the server can take that. */
const ahead = { commands: 32, bytes: 4 * 1_048_576 };

/** Opens a verified, authorised session, or rejects leaving no socket behind. */
export async function openPop3(
  server: Server,
  credentials: GetCredentials,
  timing: WireTiming,
  signal: AbortSignal,
): Promise<Pop3Connection> {
  const attempt = (shown: Credentials) => openWith(server, authenticateWith(server, shown), timing, signal);
  return await logIn(credentials, attempt, isTokenRefusal);
}

async function openWith(
  server: Server,
  authenticate: Authenticate,
  timing: WireTiming,
  signal: AbortSignal,
): Promise<Pop3Connection> {
  assertSecure(server);
  const wire = await openWire(server, timing, signal);
  try {
    await greet(wire, server);
    let capabilities = await ask(wire, server);
    if (server.security === 'starttls') {
      await startTls(wire, server, capabilities);
      // What was said in the open counts for nothing.
      capabilities = await ask(wire, server);
    }
    wire.begin('logging in');
    await authenticate({
      capabilities,
      async say(line) {
        wire.write(line);
        return await readReply(wire, server);
      },
    });
    return createSession(wire, server, capabilities.has('PIPELINING'));
  } catch (error) {
    wire.close();
    throw error;
  }
}

function createSession(wire: Wire, server: Server, pipelines: boolean): Pop3Connection {
  async function say(what: string, line: string): Promise<string> {
    wire.begin(what);
    wire.write(line);
    return await readStatus(wire, server);
  }

  async function lines(what: string, command: string): Promise<string[]> {
    await say(what, command);
    const { bytes } = await wire.readBlock(listingBytes, listingBytes);
    return bytes.toString('latin1').split('\r\n').filter(Boolean);
  }

  async function readMail({ lines: asked }: FetchItem, maxBytes: number): Promise<Fetched> {
    wire.begin('handing over a mail');
    try {
      await readStatus(wire, server);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
    const { bytes, size } = await wire.readBlock(asked === 0 ? headBytes : maxBytes, maxBytes + sizeMargin);
    return { bytes, whole: asked === undefined && size <= maxBytes };
  }

  return {
    async list() {
      const sizes = await lines('listing the mails', 'LIST');
      let names: string[];
      try {
        names = await lines('naming the mails', 'UIDL');
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw new UserError(
          'uidl-missing',
          `${server.host} does not know UIDL, so new mails cannot be told from taken ones. Use IMAP for this mailbox, or another server.`,
          { cause: error },
        );
      }
      return mergeListings(sizes, names, server);
    },
    async fetch(items, maxBytes, take) {
      let written = 0;
      let bytesAhead = 0;
      for (const [index, item] of items.entries()) {
        for (
          let next = items[written];
          next && mayWrite(written - index, bytesAhead, pipelines);
          next = items[written]
        ) {
          wire.write(next.lines === undefined ? `RETR ${next.number}` : `TOP ${next.number} ${next.lines}`);
          bytesAhead += sizeOf(next);
          written += 1;
        }
        const fetched = await readMail(item, maxBytes);
        bytesAhead -= sizeOf(item);
        await take(item, fetched);
      }
    },
    async remove(numbers) {
      const refused: number[] = [];
      const step = pipelines ? ahead.commands : 1;
      for (let from = 0; from < numbers.length; from += step) {
        const some = numbers.slice(from, from + step);
        wire.begin('deleting mails');
        for (const number of some) wire.write(`DELE ${number}`);
        for (const number of some) {
          try {
            await readStatus(wire, server);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
            refused.push(number);
          }
        }
      }
      return refused;
    },
    async quit() {
      await say('ending the session', 'QUIT');
    },
    close: () => wire.close(),
  };
}

/** What the answer will weigh, about. */
function sizeOf({ lines, size }: FetchItem): number {
  return lines === undefined ? size : Math.min(size, headBytes);
}

function mayWrite(commands: number, bytes: number, pipelines: boolean): boolean {
  return commands === 0 || (pipelines && commands < ahead.commands && bytes < ahead.bytes);
}

async function greet(wire: Wire, server: Server): Promise<void> {
  wire.begin('greeting');
  let line: string;
  try {
    line = await wire.readLine();
  } catch (error) {
    if (!(error instanceof OperationalError) || error.code !== 'pop3-timeout') throw error;
    throw noGreeting(error);
  }
  if (/^-ERR/i.test(line)) {
    const said = new Refusal(line);
    throw new OperationalError('server-busy', `${server.host} takes no sessions now. It says: "${said.answer}".`, {
      cause: said,
    });
  }
  if (!/^\+OK/i.test(line)) throw noGreeting(new Error('the greeting is of another protocol'));
}

function noGreeting(cause: Error): Error {
  return Object.assign(new Error('no POP3 greeting', { cause }), { code: 'GREETING_TIMEOUT' });
}

/** RFC 2449. A server that does not know CAPA has told nothing. */
async function ask(wire: Wire, server: Server): Promise<Map<string, string>> {
  wire.begin('telling what it can');
  wire.write('CAPA');
  try {
    await readStatus(wire, server);
  } catch (error) {
    if (error instanceof Refusal) return new Map();
    throw error;
  }
  const { bytes } = await wire.readBlock(65_536, 65_536);
  const entries = bytes.toString('latin1').split('\r\n').filter(Boolean);
  return new Map(
    entries.map((entry) => {
      const [name = '', ...rest] = entry.split(' ');
      return [name.toUpperCase(), rest.join(' ')];
    }),
  );
}

async function startTls(wire: Wire, server: Server, capabilities: ReadonlyMap<string, string>): Promise<void> {
  if (capabilities.size > 0 && !capabilities.has('STLS')) throw tlsFailed(server, protocol);
  wire.begin('starting TLS');
  wire.write('STLS');
  try {
    await readStatus(wire, server);
  } catch (error) {
    if (error instanceof Refusal) throw tlsFailed(server, protocol, error);
    throw error;
  }
  await wire.upgrade();
}

/** The words behind "+OK" or "+"; rejects with Refusal where the server says "-ERR". */
async function readStatus(wire: Wire, server: Server): Promise<string> {
  return (await readReply(wire, server)).words;
}

async function readReply(wire: Wire, server: Server): Promise<{ words: string; isChallenge: boolean }> {
  const line = await wire.readLine();
  if (/^-ERR/i.test(line)) throw new Refusal(line);
  const said = /^\+(OK)? ?(.*)$/i.exec(line);
  if (!said) throw badAnswer(server, 'an answer without +OK or -ERR');
  return { words: said[2] ?? '', isChallenge: said[1] === undefined };
}
