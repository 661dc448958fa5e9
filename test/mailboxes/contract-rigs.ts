import { withPassword } from '../../runtime/authorisations/credentials.ts';
import { fetchWholeEws } from '../../runtime/mailboxes/ews/fetch-whole.ts';
import { listEws } from '../../runtime/mailboxes/ews/list.ts';
import { createEwsSource } from '../../runtime/mailboxes/ews.ts';
import { fetchWholeGraph } from '../../runtime/mailboxes/graph/fetch-whole.ts';
import { listGraph } from '../../runtime/mailboxes/graph/list.ts';
import { createGraphSource } from '../../runtime/mailboxes/graph.ts';
import { fetchWholeImap } from '../../runtime/mailboxes/imap/fetch-whole.ts';
import { imapSourceType } from '../../runtime/mailboxes/imap/source-type.ts';
import { createImapSource } from '../../runtime/mailboxes/imap.ts';
import { fetchWholePop3 } from '../../runtime/mailboxes/pop3/fetch-whole.ts';
import { pop3SourceType } from '../../runtime/mailboxes/pop3/source-type.ts';
import { createPop3Source } from '../../runtime/mailboxes/pop3.ts';
import { createSmtpReceiver } from '../../runtime/mailboxes/smtp-receiver.ts';
import type { AskMissing, Source } from '../../runtime/mailboxes/source.ts';
import type { ReadingTiming } from '../../runtime/mailboxes/source-type.ts';
import type { StoredMail } from '../../runtime/mailboxes/whole-mail.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { startEwsServer } from '../support/ews/ews-server.ts';
import { startGraph } from '../support/graph/graph-server.ts';
import { until } from '../support/until.ts';
import { createFarEnd, ewsMailbox, type FarEnd, graphMailbox, imapMailbox, pop3Mailbox } from './far-end.ts';
import { connectSmtp } from './smtp-client.ts';
import { createSourceServices } from './source-services.ts';

/** One type of source with the real thing behind it, as the contract drives it. */
export interface Rig {
  /** Mail waits at the server while nobody reads, and the server can be in trouble. */
  isFetched: boolean;
  /** Makes a source that has not been started. */
  create(farEnd: FarEnd, change?: Partial<Mailbox>, password?: string, pollMs?: number): Source;
  /** Compares with the server, as reconciliation does; undefined where there is none to compare with. */
  list?(farEnd: FarEnd, missing: AskMissing): Promise<void>;
  /** Resolves when the source takes mail. */
  ready(farEnd: FarEnd): Promise<void>;
  /** Hands the mail over, byte for byte; a client of the receiver repeats it until it is taken. */
  deliver(raw: string | Uint8Array): Promise<void>;
  /** Gets a mail once more, as a whole. */
  fetchWhole(mail: StoredMail): Promise<Uint8Array>;
  stop(): Promise<void>;
}

/** A source that fetches, and the server that it fetches from. */
interface FetchingRig extends Rig {
  server: FarServer;
  /** What a login is called that the server refuses, and how often it is tried before a person is waited for. */
  refusal: { code: string; tries: number };
}

/** The server behind a source, in trouble. */
interface FarServer {
  fill(mails: readonly (string | Uint8Array)[]): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** How many logins it has refused; resolves when there is one. */
  refusals(): Promise<number>;
}

const polling = (pollMs = 150): Partial<ReadingTiming> => ({
  pollMs,
  quietMs: 1_500,
  retry: { firstMs: 50, longestMs: 200 },
  retryFailed: { firstMs: 60_000, longestMs: 60_000 },
});

const hasLooked = (farEnd: FarEnd) =>
  until('reading', () => farEnd.status.state === 'connected' && farEnd.status.lastSuccessAt !== undefined);

export const fetchingRigs = { imap: imapRig, pop3: pop3Rig, graph: graphRig, ews: ewsRig };
export const rigs: Record<string, () => Promise<Rig>> = { ...fetchingRigs, 'smtp-receiver': receiverRig };

async function onDovecot(
  rigOf: (dovecot: Dovecot) => Omit<FetchingRig, 'server' | 'refusal' | 'stop'>,
): Promise<FetchingRig> {
  const dovecot = await startDovecot();
  return {
    ...rigOf(dovecot),
    refusal: { code: 'wrong-password', tries: 1 },
    stop: () => dovecot.stop(),
    server: {
      fill: (mails) => dovecot.fill('anna', mails),
      kill: () => dovecot.kill(),
      restart: () => dovecot.restart(),
      freeze: () => dovecot.freeze(),
      thaw: () => dovecot.thaw(),
      async refusals() {
        await until('the server has judged', async () => /auth failed/.test(await dovecot.log()));
        return (await dovecot.log()).match(/auth failed/g)?.length ?? 0;
      },
    },
  };
}

function imapRig(): Promise<FetchingRig> {
  return onDovecot((dovecot) => ({
    isFetched: true,
    create: (farEnd, change, password, pollMs) =>
      createImapSource(
        farEnd.context(imapMailbox(dovecot, 'anna', change), () => password ?? 'secret'),
        polling(pollMs),
      ),
    list: (farEnd, missing) => imapSourceType.list(farEnd.context(imapMailbox(dovecot, 'anna')), missing),
    ready: hasLooked,
    deliver: (raw) => dovecot.deliverTo('anna', 'INBOX', raw),
    fetchWhole: (mail) => fetchWholeImap(imapMailbox(dovecot, 'anna'), withPassword('anna', 'secret'), mail),
  }));
}

function pop3Rig(): Promise<FetchingRig> {
  return onDovecot((dovecot) => ({
    isFetched: true,
    create: (farEnd, change, password, pollMs) =>
      createPop3Source(
        farEnd.context(pop3Mailbox(dovecot, 'anna', change), () => password ?? 'secret'),
        polling(pollMs),
      ),
    list: (farEnd, missing) => pop3SourceType.list(farEnd.context(pop3Mailbox(dovecot, 'anna')), missing),
    ready: hasLooked,
    deliver: (raw) => dovecot.deliverTo('anna', 'INBOX', raw),
    fetchWhole: (mail) => fetchWholePop3(pop3Mailbox(dovecot, 'anna'), withPassword('anna', 'secret'), mail),
  }));
}

async function graphRig(): Promise<FetchingRig> {
  const graph = await startGraph();
  const user = 'anna@contoso.test';
  graph.addUser(user);
  const mailbox = (change: Partial<Mailbox> = {}) => graphMailbox(graph.url, user, change);
  const context = (farEnd: FarEnd, change?: Partial<Mailbox>, password?: string) =>
    farEnd.tokenContext(mailbox(change), () => graph.token(password ? { aud: 'https://else.test' } : {}));
  return {
    isFetched: true,
    create: (farEnd, change, password, pollMs) => createGraphSource(context(farEnd, change, password), polling(pollMs)),
    list: (farEnd, missing) => listGraph(context(farEnd), missing),
    ready: hasLooked,
    // By a clock of its own, whatever that of this machine is.
    deliver: async (raw) => void graph.deliver(user, raw, 'inbox', performance.timeOrigin + performance.now()),
    fetchWhole: (mail) => fetchWholeGraph(mailbox(), context(createFarEnd()).credentials, mail, createSourceServices()),
    // A token that was refused is replaced once.
    refusal: { code: 'graph-unauthorised', tries: 2 },
    stop: () => graph.stop(),
    server: {
      async fill(mails) {
        for (const mail of mails) graph.deliver(user, mail);
      },
      kill: () => graph.kill(),
      restart: () => graph.restart(),
      freeze: async () => graph.freeze(),
      thaw: async () => graph.thaw(),
      refusals: async () => graph.requests.length,
    },
  };
}

async function ewsRig(): Promise<FetchingRig> {
  const server = await startEwsServer();
  const { store } = server;
  const deliver = (raw: string | Uint8Array) =>
    void store.add(store.folderNamed('Posteingang'), Buffer.from(raw), { receivedAt: Date.now() });
  return {
    isFetched: true,
    create: (farEnd, change, password, pollMs) =>
      createEwsSource(
        farEnd.context(ewsMailbox(server, change), () => password ?? 'secret'),
        polling(pollMs),
      ),
    list: (farEnd, missing) => listEws(farEnd.context(ewsMailbox(server)), missing),
    ready: hasLooked,
    deliver: async (raw) => deliver(raw),
    fetchWhole: (mail) => fetchWholeEws(ewsMailbox(server), withPassword(server.user, 'secret'), mail),
    refusal: { code: 'wrong-password', tries: 1 },
    stop: () => server.stop(),
    server: {
      fill: async (mails) => mails.forEach(deliver),
      kill: () => server.kill(),
      restart: () => server.restart(),
      freeze: async () => server.freeze(),
      thaw: async () => server.thaw(),
      async refusals() {
        await until('the server has judged', () => server.refusals > 0);
        return server.refusals;
      },
    },
  };
}

async function receiverRig(): Promise<Rig> {
  let port: number | undefined;
  return {
    isFetched: false,
    create(farEnd, change) {
      const mailbox: Mailbox = {
        id: 'receiver',
        name: 'receiver',
        type: 'smtp-receiver',
        address: 'support@example.test',
        enabled: true,
        folders: [],
        pollSeconds: 60,
        maxBytes: 26_214_400,
        ...change,
      };
      const options = { host: '127.0.0.1', port: 0, domains: () => ['example.test'] };
      const receiver = createSmtpReceiver(farEnd.context(mailbox), options);
      void receiver.opened.then(() => {
        port = receiver.port;
      });
      return receiver;
    },
    ready: async (farEnd) => {
      await farEnd.waitForState('connected');
      await until('the port is known', () => port !== undefined);
    },
    async deliver(raw) {
      const stuffed = Buffer.from(
        Buffer.from(raw)
          .toString('latin1')
          .replace(/(^|\r\n)\./g, '$1..'),
        'latin1',
      );
      for (let tries = 0; tries < 20; tries++) {
        const client = await connectSmtp(port ?? 0);
        await client.reply();
        for (const line of ['EHLO client.test', 'MAIL FROM:<a@b.example>', 'RCPT TO:<support@example.test>', 'DATA']) {
          await client.say(line);
        }
        client.write(Buffer.concat([stuffed, Buffer.from('.\r\n')]));
        const reply = await client.reply();
        client.end();
        if (!reply.startsWith('4')) return;
      }
      throw new Error('The mail was never taken.');
    },
    fetchWhole: () => Promise.reject(new Error('The receiver has no server to ask.')),
    stop: async () => {},
  };
}
