import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Cut {
  /** A connection is marked when its client says this. */
  command: RegExp;
  /** Cut when so many bytes more have come from `from`; from the server: 0 keeps the command itself from it. */
  afterBytes: number;
  /** `server` by default. */
  from?: 'server' | 'client';
  /** So many connections are cut. */
  times: number;
}

export interface CuttingProxy {
  readonly port: number;
  /** Connections that were cut so far. */
  readonly cuts: number;
  /** From now on; takes the place of what was not cut yet. */
  cut(next: Cut): void;
  /** Clients hear of it by a reset (RST), as from a router that has forgotten them. */
  reset(): void;
  stop(): Promise<void>;
}

/** Stands before a server, and cuts connections in the middle of what they say. */
export async function startCuttingProxy(targetPort: number, first?: Cut): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let armed = first;
  let left = first?.times ?? 0;
  let cuts = 0;
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    const upstream = connect(targetPort, '127.0.0.1');
    /** Once marked. */
    let mark: { from: 'server' | 'client'; bytes: number } | undefined;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    const count = () => {
      cuts += 1;
      left -= 1;
    };
    /** Hands on what may pass; the bytes of the mark are counted from the side that it names. */
    const pass = (chunk: Buffer, from: 'server' | 'client', to: Socket) => {
      if (mark === undefined || mark.from !== from || chunk.length < mark.bytes) {
        to.write(chunk);
        if (mark?.from === from) mark.bytes -= chunk.length;
        return;
      }
      count();
      to.write(chunk.subarray(0, mark.bytes), end);
    };
    client.on('data', (chunk) => {
      const isMarked = mark === undefined && left > 0 && armed?.command.test(chunk.toString('latin1'));
      if (!isMarked || armed === undefined) return pass(chunk, 'client', upstream);
      mark = { from: armed.from ?? 'server', bytes: armed.afterBytes };
      if (mark.bytes > 0) upstream.write(chunk);
      else {
        count();
        end();
      }
    });
    upstream.on('data', (chunk) => pass(chunk, 'server', client));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A listening TCP server's address is never a string or null.
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return cuts;
    },
    cut(next) {
      armed = next;
      left = next.times;
    },
    reset() {
      for (const client of clients) client.resetAndDestroy();
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
