import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The web service that every run asks by a data action. */
export interface Service {
  readonly host: string;
  mood: 'answers' | 'hangs' | 'lies' | 'fails' | 'drops';
  stop(): Promise<void>;
}

export async function startService(): Promise<Service> {
  const server = createServer((request, response) => {
    if (service.mood === 'hangs') return;
    if (service.mood === 'drops') return void request.socket.destroy();
    if (service.mood === 'fails') return void response.writeHead(503).end('{"category":"none"}');
    response.setHeader('content-type', 'application/json');
    response.end(service.mood === 'lies' ? '<html>Welcome!</html>' : '{"category":"order"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service: Service = {
    // A listening TCP server's address is never a string or null.
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'answers',
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}
