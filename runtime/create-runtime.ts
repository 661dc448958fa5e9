import { createServer } from 'node:http';
import type { Topic } from '../schemas/api/system.ts';
import { coerceError } from '../schemas/errors.ts';
import type { OutboundMailbox } from '../schemas/outbound-mailbox.ts';
import type { Run } from '../schemas/run.ts';
import { executors } from './actions/index.ts';
import { createAlarming } from './alarms/alarming.ts';
import { createBreakerConditions } from './alarms/breaker-conditions.ts';
import { createAnswering } from './answering/answering.ts';
import { createAudit } from './audit/audit.ts';
import { createAuthorisations } from './authorisations/authorisations.ts';
import { createBacktests } from './backtest/backtests.ts';
import { createCases } from './cases/cases.ts';
import { createExpressions } from './conditions/expressions.ts';
import { createDnsLookup } from './domains/dns-lookup.ts';
import { createDomainWatch } from './domains/domain-watch.ts';
import { createHttpPort } from './egress/http.ts';
import { createHttpDoor } from './egress/http-door.ts';
import type { EnginePorts } from './engine/ports.ts';
import type { Environment } from './environment.ts';
import { createGit } from './flows/git.ts';
import { createGraph } from './graph/client.ts';
import { createGraphNotifications } from './graph/notifications.ts';
import { createHttpApp } from './http/app.ts';
import { listen, urlOf } from './http/listen.ts';
import { createRemotePictureLoader } from './http/remote-pictures.ts';
import type { Logger } from './http/services.ts';
import { createIntake } from './intake/intake.ts';
import { createSearchIndex } from './intake/search-index.ts';
import { createListeners } from './listeners.ts';
import { createMailParser } from './mail/mail-parser.ts';
import { createLoginMoves } from './mailboxes/login-moves.ts';
import { createMailboxes } from './mailboxes/mailboxes.ts';
import type { ReadingTiming } from './mailboxes/source-type.ts';
import { openData } from './open-data.ts';
import { signed } from './outbound/dkim.ts';
import { createOutbox } from './outbound/outbox.ts';
import { senderTypeOf } from './outbound/sender-types.ts';
import { createQueues } from './queues/queues.ts';
import { createReconciliation } from './reconciliation/reconciliation.ts';
import { createRetention } from './retention/retention.ts';
import { createSenderProof } from './sender-proof/sender-proof.ts';
import { createDirectory } from './settings/directory.ts';
import { createSignIn } from './sign-in/sign-in.ts';
import { createStorage } from './store/storage.ts';
import { createWriter } from './store/writer.ts';
import { createTraffic } from './traffic/traffic.ts';
import { readRestored } from './upkeep/restored.ts';
import { createWritings } from './writings.ts';

export interface RuntimeOptions extends Omit<Environment, 'logLevel'> {
  version: string;
  /** The built designer. */
  designerFolder: string;
  /** File of the flow that a first start publishes if there is none. */
  sampleFlow: string;
  log: Logger;
  /** For tests, which cannot wait for the intervals that providers tolerate. */
  readingTiming?: Partial<ReadingTiming>;
}

export interface Runtime {
  /** Where the designer and the API answer. */
  url: string;
  /** The receiver's port; undefined if it is off. */
  smtpPort: number | undefined;
  /** Takes no more mail, finishes what is under way, and closes. What is not settled goes on at the next start. */
  stop(): Promise<void>;
}

/**
 * Wires the rooms and starts them: the only place that knows them all. Mailboxes start after all that a mail meets, and
 * stop before it, so that none is taken that nobody could handle.
 *
 * @throws OperationalError `port-unavailable`, and what `openData` throws.
 */
export async function createRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { log, dataFolder, flowsFolder } = options;
  const clock = { now: () => Date.now() };
  const topics = createListeners<Topic>();
  const runs = createListeners<Run>();
  const onChange = topics.tell;

  const { file, store, settings, flows } = await openData(options, { clock, log, onChange });
  const release: (() => Promise<unknown>)[] = [() => store.close()];
  try {
    const storage = createStorage({ store, clock, log });
    const allow = () => [...settings.read().outgoingAllow, ...options.outgoingAllow];
    const graph = createGraph({ door: createHttpDoor({ allow }) });
    const notifications = createGraphNotifications(options.publicUrl);
    const engine: EnginePorts = {
      clock: { now: clock.now, monotonic: () => performance.now() },
      executors,
      flows,
      expressions: createExpressions(createDirectory(settings)),
      http: createHttpPort({ allow }),
    };
    const authorisations = createAuthorisations({ settings, store, clock, allow, log, onChange });
    release.push(() => authorisations.stop());
    await authorisations.start();
    const keys = { open: settings.open, token: authorisations.token, graph };
    const parser = createMailParser();
    release.push(() => parser.close());
    // What an administrator allows flows to call is nothing that a stranger's mail may have called.
    const pictureDoor = createHttpDoor({ allow: () => options.picturesAllow ?? [] });
    const remotePictures = createRemotePictureLoader({ door: pictureDoor, clock });
    const cases = createCases({
      folder: flowsFolder,
      git: createGit(flowsFolder),
      engine,
      // Nothing of this installation enters: a case comes to the same on the machine that builds.
      parse: (bytes, envelope) =>
        parser.parse(bytes, { own: { addresses: [], installation: '' }, ...(envelope && { envelope }) }),
      log,
      onChange,
    });
    const breakers = createBreakerConditions({ settings, clock });
    const restored = readRestored(dataFolder);
    const write = createWriter(store, createWritings({ settings, clock, onBreak: breakers.broke, restored }));
    const senderFor = (mailbox: OutboundMailbox) => signed(senderTypeOf(mailbox).createSender(mailbox, keys), settings);
    const outbox = createOutbox({ store, write, settings, clock, log, onChange, senderFor });
    const queues = createQueues({ store, clock, log, onChange });
    const traffic = createTraffic({ store, clock, log, onChange });
    const proof = createSenderProof({ dnsServers: options.dnsServers });
    release.push(() => proof.close());
    let ownUrl = '';
    const publicUrl = () => (options.publicUrl ?? ownUrl).replace(/\/$/, '');
    const intake = createIntake({
      store,
      write,
      parser,
      flows,
      settings,
      engine,
      outbox,
      proof,
      // Mailboxes hand their mail to intake, and are made after it.
      fetchWhole: (mailbox, mail) => mailboxes.fetchWhole(mailbox, mail),
      traffic,
      clock,
      publicUrl,
      log,
      onChange,
      onRun: runs.tell,
    });
    const { smtpHost, smtpPort, smtpCertificate: certificate } = options;
    const mailboxes = createMailboxes({
      settings,
      token: authorisations.token,
      accept: intake.accept,
      loadCursor: intake.loadCursor,
      services: { graph, notifications },
      log,
      onChange,
      receiver: smtpPort === 0 ? null : { host: smtpHost, port: smtpPort, certificate },
      timing: options.readingTiming,
    });

    const loginMoves = createLoginMoves({ settings, mailboxes, listen: topics.listen, log });
    const backtests = createBacktests({ file, read: store.read, log });
    release.push(() => backtests.stop());

    const { alarms, watch, webhook } = createAlarming({
      store,
      settings,
      mailboxes,
      authorisations,
      breakers,
      storage,
      http: engine.http,
      clock,
      log,
      onChange,
    });
    const reconciliation = createReconciliation({
      store,
      settings,
      list: mailboxes.list,
      alarms,
      clock,
      log,
      onChange,
    });

    const audit = createAudit({ store, settings, clock });
    const retention = createRetention({
      store,
      settings,
      clock,
      note: (removed) => audit.note('Removed what the retention rules name', removed),
      log,
    });

    const dns = createDnsLookup(options.dnsServers);
    const domainWatch = createDomainWatch({ settings, dns, clock, log });
    let takingMail = false;
    const receiver = () => {
      const port = mailboxes.receiverPort;
      return port === undefined ? null : { host: smtpHost, port };
    };
    const http = createHttpApp(
      {
        version: options.version,
        restoredAt: restored?.at,
        clock,
        log,
        store,
        storage,
        settings,
        flows,
        cases,
        intake,
        isTakingMail: () => takingMail,
        answering: createAnswering({ store, settings, outbox, clock, onChange }),
        queues,
        outbox,
        keys,
        senderFor,
        traffic,
        mailboxes,
        loginMoves,
        graphNotifications: notifications,
        authorisations,
        signIn: createSignIn({ settings, clock, allow }),
        receiver,
        parser,
        remotePictures,
        audit,
        engine,
        dns,
        backtests,
        alarms,
        webhook,
        reconciliation,
        retention,
        topics: { onChange: topics.listen },
        runs: { onRun: runs.listen },
      },
      {
        host: options.host,
        designerFolder: options.designerFolder,
        adminToken: options.adminToken,
        publicUrl: options.publicUrl,
      },
    );
    const server = await listen(createServer(http.app), options.host, options.port);
    ownUrl = urlOf(server, options.host);
    release.push(async () => {
      await http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    const searchIndex = createSearchIndex({ store, log });
    // Each works for those before it: what is ready first ends last.
    const rooms = [
      ...[queues, traffic, outbox, intake, mailboxes, loginMoves, webhook],
      ...[watch, reconciliation, domainWatch, retention, searchIndex],
    ];
    for (const room of rooms) {
      release.push(() => room.stop());
      await room.start();
    }
    takingMail = true;

    return {
      url: ownUrl,
      get smtpPort() {
        return mailboxes.receiverPort;
      },
      async stop() {
        takingMail = false;
        await releaseAll(release, log);
      },
    };
  } catch (error) {
    await releaseAll(release, log);
    throw error;
  }
}

/** In reverse order of taking; one that fails does not keep the others from being released. */
async function releaseAll(release: (() => Promise<unknown>)[], log: Logger): Promise<void> {
  for (let next = release.pop(); next !== undefined; next = release.pop()) {
    await next().catch((thrown: unknown) => log.error({ error: coerceError(thrown) }, 'A part did not stop in order'));
  }
}
