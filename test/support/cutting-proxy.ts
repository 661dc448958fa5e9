import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  /** Connections that were cut so far. */
  readonly cuts: number;
  stop(): Promise<void>;
}

/** Stands before a server, and cuts the first `times` connections in which a client says `command`, once `afterBytes` more have come from the server. */
export async function startCuttingProxy(
  targetPort: number,
  { command, afterBytes, times }: { command: RegExp; afterBytes: number; times: number },
): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    let left: number | undefined;
    const cut = () => {
      cuts += 1;
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => {
      if (left === undefined && cuts < times && command.test(chunk.toString('latin1'))) left = afterBytes;
      if (left === 0) cut();
      else upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (left === undefined || chunk.length < left) {
        client.write(chunk);
        if (left !== undefined) left -= chunk.length;
        return;
      }
      client.write(chunk.subarray(0, left), cut);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A listening TCP server's address is never a string or null.
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return cuts;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
