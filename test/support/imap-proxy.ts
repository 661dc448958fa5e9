import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface ImapProxy {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Stands before a plaintext IMAP server and keeps back whatever the server says during IDLE, for ever: the kind of middlebox that lets
 * clients believe that they are being notified.
 */
export async function startImapProxy(targetPort: number): Promise<ImapProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    let idling = false;
    let tag = '';
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
      const idle = /^(\S+) IDLE\r\n$/i.exec(chunk.toString('latin1'));
      if (idle) tag = idle[1] ?? '';
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (tag && text.startsWith('+ ')) {
        idling = true;
        client.write(text.slice(0, text.indexOf('\r\n') + 2), 'latin1');
      } else if (idling) {
        const end = text.indexOf(`${tag} `);
        if (end < 0) return;
        idling = false;
        tag = '';
        client.write(text.slice(end), 'latin1');
      } else {
        client.write(chunk);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A listening TCP server's address is never a string or null.
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
