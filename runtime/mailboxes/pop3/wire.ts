import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { OperationalError } from '../../../schemas/errors.ts';
import type { Server } from '../server-settings.ts';
import type { ReadingTiming } from '../source-type.ts';
import { createDotBlock } from './dot-block.ts';

/** A line-wise conversation with a server that may be hostile. Whatever rejects leaves the wire closed or unusable: close it. */
export interface Wire {
  /** What follows is under a deadline of its own. `what` completes "The server did not answer while ...". */
  begin(what: string): void;
  /** Adds the line's end. Throws what no line may hold. */
  write(line: string): void;
  /** The next line, one character a byte. */
  readLine(): Promise<string>;
  /** A multi-line answer: the first `keep` bytes of it, and its whole size. More than `most` bytes are an error. */
  readBlock(keep: number, most: number): Promise<{ bytes: Buffer; size: number }>;
  /** Goes on under TLS. */
  upgrade(): Promise<void>;
  close(): void;
}

export type WireTiming = Pick<ReadingTiming, 'quietMs' | 'wholeMs'>;

/** RFC 2449 allows 512; some servers greet at length. */
const longestLine = 8_192;

/** Opens the connection, under TLS if the server wants it from the start. Rejects with Node's errors, and once `signal` is aborted. */
export async function openWire(server: Server, timing: WireTiming, signal: AbortSignal): Promise<Wire> {
  const tls: ConnectionOptions = {
    host: server.host,
    port: server.port,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(isIP(server.host) === 0 ? { servername: server.host } : {}),
    ...(server.ca ? { ca: server.ca } : {}),
  };
  let socket: Socket = server.security === 'tls' ? connectTls(tls) : connect(server.port, server.host);
  let rest: Buffer = Buffer.alloc(0);
  let failure: Error | undefined;
  let wake = () => {};
  let what = 'connecting';
  let endsAt = performance.now() + timing.wholeMs;

  const fail = (error: Error) => {
    failure ??= error;
    socket.destroy();
    wake();
  };
  const stop = () => fail(new OperationalError('stopped', 'The mailbox was stopped.'));
  const lost = () => Object.assign(new Error('the server closed the connection'), { code: 'ECONNRESET' });
  const ring = () => wake();

  function listen(): void {
    socket.on('readable', ring);
    socket.on('error', fail);
    socket.on('end', () => fail(lost()));
    socket.on('close', () => fail(lost()));
  }

  /** Waits for the next sign of life; silence, and what takes too long as a whole, ends the connection. */
  async function sign(): Promise<void> {
    const now = performance.now();
    const patience = Math.min(timing.quietMs, endsAt - now);
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(
        () =>
          fail(
            new OperationalError(
              'pop3-timeout',
              `${server.host} did not answer while ${what}. The connection is given up and made anew.`,
            ),
          ),
        Math.max(0, patience),
      );
      if (failure) resolve();
    });
    clearTimeout(timer);
    wake = () => {};
  }

  async function chunk(): Promise<Buffer> {
    if (rest.length > 0) {
      const first = rest;
      rest = Buffer.alloc(0);
      return first;
    }
    for (;;) {
      const read: Buffer | null = socket.read();
      // A server that drips for ever is asked how long it has had, too.
      if (read !== null && performance.now() < endsAt) return read;
      if (failure) throw failure;
      await sign();
    }
  }

  async function open(event: 'connect' | 'secureConnect'): Promise<void> {
    let isOpen = false;
    socket.once(event, () => {
      isOpen = true;
      wake();
    });
    while (!isOpen) {
      if (failure) throw failure;
      await sign();
    }
  }

  signal.addEventListener('abort', stop, { once: true });
  listen();
  if (signal.aborted) stop();
  const wire: Wire = {
    begin(next) {
      what = next;
      endsAt = performance.now() + timing.wholeMs;
    },
    write(line) {
      if (/[\r\n\0]/.test(line)) {
        throw new OperationalError('bad-command', `A line break stands in what ${server.host} was to be told.`);
      }
      socket.write(`${line}\r\n`);
    },
    async readLine() {
      let line: Buffer = Buffer.alloc(0);
      for (;;) {
        line = Buffer.concat([line, await chunk()]);
        const end = line.indexOf('\n');
        if (end >= 0) {
          rest = line.subarray(end + 1);
          return line.subarray(0, line[end - 1] === 0x0d ? end - 1 : end).toString('latin1');
        }
        if (line.length > longestLine) throw badAnswer(server, 'a line without an end');
      }
    },
    async readBlock(keep, most) {
      const block = createDotBlock(keep);
      for (;;) {
        const after = block.push(await chunk());
        if (after !== undefined) {
          rest = after;
          return { bytes: block.bytes(), size: block.size };
        }
        if (block.size > most) throw badAnswer(server, 'more than it announced');
      }
    },
    async upgrade() {
      // What came in the open before TLS could have been put there by anybody.
      if (rest.length > 0 || socket.readableLength > 0) throw badAnswer(server, 'something between STLS and TLS');
      const plain = socket;
      plain.removeAllListeners('readable');
      plain.removeAllListeners('end');
      plain.removeAllListeners('close');
      socket = connectTls({ ...tls, socket: plain });
      listen();
      await open('secureConnect');
    },
    close() {
      signal.removeEventListener('abort', stop);
      failure ??= lost();
      socket.destroy();
    },
  };
  try {
    await open(server.security === 'tls' ? 'secureConnect' : 'connect');
  } catch (error) {
    wire.close();
    if (error instanceof OperationalError && error.code === 'pop3-timeout') {
      throw Object.assign(new Error('no connection in time', { cause: error }), { code: 'CONNECT_TIMEOUT' });
    }
    throw error;
  }
  return wire;
}

export function badAnswer({ host, port }: Pick<Server, 'host' | 'port'>, sent: string): OperationalError {
  return new OperationalError('bad-answer', `${host}:${port} sent something that is not proper POP3: ${sent}.`, {
    data: { host, port },
  });
}
