import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Paths of a server's key pair, and the PEM text of the authority that signed it. */
export interface ServerCertificate {
  key: string;
  certificate: string;
  ca: string;
}

/** Makes an authority and a certificate for localhost and 127.0.0.1 in `folder`, with Debian's openssl. */
export async function makeCertificate(folder: string): Promise<ServerCertificate> {
  await mkdir(folder, { recursive: true });
  const at = (name: string) => join(folder, name);
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await run('openssl', [
    'req',
    '-x509',
    ...newKey,
    ...['-keyout', at('ca.key'), '-out', at('ca.pem'), '-days', '30', '-subj', '/CN=Test authority'],
    ...['-addext', 'keyUsage=critical,keyCertSign'],
  ]);
  await run('openssl', [
    'req',
    ...newKey,
    '-keyout',
    at('server.key'),
    '-out',
    at('server.csr'),
    '-subj',
    '/CN=localhost',
  ]);
  await writeFile(at('names.cnf'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  await run('openssl', [
    ...['x509', '-req', '-in', at('server.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial'],
    ...['-days', '30', '-extfile', at('names.cnf'), '-out', at('server.pem')],
  ]);
  return { key: at('server.key'), certificate: at('server.pem'), ca: await readFile(at('ca.pem'), 'utf8') };
}
