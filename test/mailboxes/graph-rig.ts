import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { GraphClock } from '../../runtime/graph/gate.ts';
import { registerRoutes } from '../../runtime/http/register-routes.ts';
import { graphNotificationsRoutes } from '../../runtime/http/resources/graph-notifications.ts';
import { createGraphSource, type GraphTiming } from '../../runtime/mailboxes/graph.ts';
import type { Source, SourceServices } from '../../runtime/mailboxes/source.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { type GraphServer, startGraph } from '../support/graph/graph-server.ts';
import { makeMail } from '../support/mails.ts';
import { until } from '../support/until.ts';
import { createFarEnd, type FarEnd, graphMailbox } from './far-end.ts';
import { createSourceServices } from './source-services.ts';

export const user = 'anna@contoso.test';

/** A source on the emulator, with the far end of its contract. */
export interface GraphRig {
  graph: GraphServer;
  farEnd: FarEnd;
  services: SourceServices;
  mailbox(change?: Partial<Mailbox>): Mailbox;
  /** Not started. */
  create(change?: Partial<Mailbox>, timing?: Partial<GraphTiming>): Source;
  /** Started, and past its first look. */
  start(change?: Partial<Mailbox>, timing?: Partial<GraphTiming>): Promise<Source>;
  deliver(subject: string, folder?: string): string;
  isRead(subject: string): boolean | undefined;
  /** Its name. */
  folderOf(subject: string): string | undefined;
  stop(): Promise<void>;
}

const quick: Partial<GraphTiming> = {
  pollMs: 50,
  quietMs: 2_000,
  retry: { firstMs: 20, longestMs: 50 },
  lagMs: [20, 40],
};

/** `notified`: the real endpoint listens on this machine, and Graph is told where. */
export async function startGraphRig(
  options: { notified?: boolean; longestMinutes?: number; clock?: GraphClock } = {},
): Promise<GraphRig> {
  const graph = await startGraph(options.longestMinutes ? { longestMinutes: options.longestMinutes } : {});
  graph.addUser(user);
  const farEnd = createFarEnd();
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server's address is never a string or null.
  const { port } = server.address() as AddressInfo;
  const services = createSourceServices({
    ...(options.notified && { publicUrl: `http://127.0.0.1:${port}` }),
    ...(options.clock && { clock: options.clock }),
  });
  // Of the whole house the route uses no more than this.
  const house = { services: { graphNotifications: services.notifications }, auth: { admit: async () => null } };
  registerRoutes(app, graphNotificationsRoutes, house as unknown as Parameters<typeof registerRoutes>[2]);
  const sources: Source[] = [];
  const find = (subject: string) =>
    [...(graph.accounts.get(user)?.messages.values() ?? [])].find(({ mime }) => mime.includes(`Subject: ${subject}`));
  const rig: GraphRig = {
    graph,
    farEnd,
    services,
    mailbox: (change) => graphMailbox(graph.url, user, change),
    create(change, timing) {
      const context = farEnd.tokenContext(rig.mailbox(change), () => graph.token(), services);
      const source = createGraphSource(context, { ...quick, now: graph.now, ...timing });
      sources.push(source);
      return source;
    },
    async start(change, timing) {
      const before = farEnd.statuses.length;
      const source = rig.create(change, timing);
      source.start();
      await until('the first look', () =>
        farEnd.statuses
          .slice(before)
          .some(({ state, lastSuccessAt }) => state === 'connected' && lastSuccessAt !== undefined),
      );
      return source;
    },
    deliver: (subject, folder) => graph.deliver(user, makeMail({ subject }), folder).immutableId,
    isRead: (subject) => find(subject)?.isRead,
    folderOf: (subject) => graph.accounts.get(user)?.folders.get(find(subject)?.folder ?? '')?.name,
    async stop() {
      await Promise.all(sources.map((source) => source.stop()));
      await graph.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return rig;
}
