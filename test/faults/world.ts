import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCuttingProxy } from '../support/cutting-proxy.ts';
import { startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { until } from '../support/until.ts';
import { type Account, openAccount } from './account.ts';
import { type Clock, createClock } from './clock.ts';
import { type Disk, mountDisk } from './disk.ts';
import { faultFlow } from './flow.ts';
import { type Reader, startReader } from './found.ts';
import { startMicrosoft } from './microsoft.ts';
import { createOutgoing } from './outgoing.ts';
import type { Peers } from './peers.ts';
import { startService } from './service.ts';
import { createSluice, type Sluice } from './sluice.ts';
import type { LoadSource } from './sources/source.ts';

/** Sluice among all that it deals with; what faults strike at. */
export interface World extends Peers {
  readonly server: Sluice;
  readonly clock: Clock;
  readonly disk: Disk;
  readonly reader: Reader;
  readonly sources: readonly LoadSource[];
  readonly account: Account;
  /** Ids of the mailboxes that are fetched from. */
  readonly mailboxes: readonly string[];
  stop(): Promise<void>;
}

/** Everything started, entered and connected. */
export async function startWorld(sources: readonly LoadSource[]): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-faults-'));
  await chmod(folder, 0o755);
  for (const name of ['data', 'flows', 'provider']) await mkdir(join(folder, name));
  const ports = { http: await freePort(), smtp: await freePort() };
  const outgoing = createOutgoing(await freePort(), folder);
  const [dovecot, microsoft, service, clock, disk] = await Promise.all([
    startDovecot(),
    startMicrosoft(folder),
    startService(),
    createClock(folder),
    mountDisk(join(folder, 'data')),
    outgoing.start(),
  ]);
  await writeFile(join(folder, 'flows', 'support.flow.json'), JSON.stringify(faultFlow(service.host)));
  const links = {
    imap: await startCuttingProxy(dovecot.ports.imap),
    pop3: await startCuttingProxy(dovecot.ports.pop3),
    receiver: await startCuttingProxy(ports.smtp),
    outgoing: await startCuttingProxy(outgoing.port),
  };
  const server = createSluice({
    folder,
    ports,
    startedBy: disk.startedBy,
    env: {
      ...clock.env,
      SLUICE_LOG: 'warn',
      SLUICE_OUTGOING_ALLOW: [service.host, ...microsoft.hosts].join(','),
    },
  });
  const reader = startReader(join(folder, 'data'), disk.startedBy);
  const mailboxes: string[] = [];
  const world: World = {
    server,
    dovecot,
    microsoft,
    outgoing,
    service,
    clock,
    disk,
    reader,
    links,
    sources,
    account: openAccount(),
    mailboxes,
    async stop() {
      await server.kill();
      await outgoing.kill();
      await reader.stop();
      await Promise.all([dovecot.stop(), microsoft.stop(), service.stop(), disk.unmount()]);
      await Promise.all(Object.values(links).map((link) => link.stop()));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await server.start();
    mailboxes.push(...(await enter(world)));
    return world;
  } catch (error) {
    await world.stop();
    throw error;
  }
}

/** Enters the way out and the mailboxes, and waits until each has its starting point: only what comes after that is taken. */
async function enter(world: World): Promise<string[]> {
  const { server, links, microsoft, sources } = world;
  const smtp = { type: 'smtp', host: '127.0.0.1', port: links.outgoing.port, security: 'none' };
  await server.api('PUT', '/api/outbound', smtp);
  const authorisation = await server.api<{ id: string }>('POST', '/api/authorisations', microsoft.authorisationBody);
  microsoft.authorisation = authorisation.id;
  const ids: string[] = [];
  for (const source of sources) {
    const body = source.mailbox(world);
    if (body === undefined) continue;
    const entered = { name: source.name, pollSeconds: 30, ...body, flow: 'support' };
    ids.push((await server.api<{ id: string }>('POST', '/api/mailboxes', entered)).id);
  }
  for (const id of ids) {
    await until(`${id} has its starting point`, async () => {
      const view = await server.api<{ status: { state: string; lastSuccessAt?: string } }>(
        'GET',
        `/api/mailboxes/${id}`,
      );
      return view.status.state === 'connected' && view.status.lastSuccessAt !== undefined;
    });
  }
  return ids;
}
