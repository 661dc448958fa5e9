import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OperationalError } from '../../schemas/errors.ts';

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Stop what uses the port, or set SLUICE_PORT.',
  EACCES: 'Ports below 1024 are for the system: set SLUICE_PORT to a higher one.',
  EADDRNOTAVAIL: 'Set SLUICE_HOST to an address of this machine.',
  ENOTFOUND: 'Set SLUICE_HOST to an address of this machine.',
};

/** @throws OperationalError `port-unavailable`. */
export function listen(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const remedy = remedies[cause.code ?? ''] ?? 'Check SLUICE_HOST and SLUICE_PORT.';
      const message = `The designer cannot listen on ${host}:${port} (${cause.message}). ${remedy}`;
      reject(new OperationalError('port-unavailable', message, { cause }));
    });
    server.listen(port, host, () => resolve(server));
  });
}

/** Where a browser on this machine finds it. */
export function urlOf(server: Server, host: string): string {
  // A listening TCP server has an address object, never a pipe's name or null.
  const { port } = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
