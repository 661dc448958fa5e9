import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TellingProxy {
  readonly port: number;
  /** What clients said so far. */
  readonly said: string;
  /** Says a line to every client in the server's place, and hangs up. */
  hangUp(line: string): void;
  stop(): Promise<void>;
}

/** Stands before a server in the open, listens to what clients say, and can end their sessions with words that the server itself never says. */
export async function startTellingProxy(targetPort: number): Promise<TellingProxy> {
  const clients = new Map<Socket, Socket>();
  let said = '';
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    clients.set(client, upstream);
    for (const socket of [client, upstream]) {
      socket.on('error', () => {});
      socket.on('close', () => {
        clients.delete(client);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (chunk) => {
      said += chunk.toString('latin1');
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => client.write(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A listening TCP server's address is never a string or null.
    port: (server.address() as AddressInfo).port,
    get said() {
      return said;
    },
    hangUp(line) {
      for (const client of clients.keys()) client.end(`${line}\r\n`);
    },
    async stop() {
      for (const client of clients.keys()) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
