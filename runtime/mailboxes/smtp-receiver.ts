import type { AddressInfo } from 'node:net';
import { domainToASCII } from 'node:url';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { coerceError, OperationalError, UserError } from '../../schemas/errors.ts';
import { type CertificateFiles, readCertificate } from './smtp/certificate.ts';
import { collect, isSmuggling, type MemoryBudget } from './smtp/collect.ts';
import { explainListening } from './smtp/explain-listening.ts';
import { transactionKey } from './smtp/transaction-key.ts';
import type { MailboxStatus, Source, SourceContext } from './source.ts';

export interface ReceiverLimits {
  connections: number;
  connectionsPerAddress: number;
  recipients: number;
  /** Silence after which a client is sent away, ms. */
  idleMs: number;
  /** The longest that the content of one mail may take to arrive, ms. */
  dataMs: number;
  /** How long transactions under way may take once the receiver is stopped, ms. */
  closeMs: number;
  /** Bytes of all mails that are arriving at the same moment. */
  memory: number;
  commandLine: number;
  /** How often the certificate is read anew, ms. */
  renewalMs: number;
}

export interface ReceiverOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Domains that mail is taken for, read at every recipient: a changed setting holds at once. */
  domains(): readonly string[];
  /** With it the receiver offers STARTTLS. */
  certificate?: CertificateFiles | undefined;
  limits?: Partial<ReceiverLimits>;
}

export interface SmtpReceiver extends Source {
  /** Resolves once the port is open, or could not be opened. */
  readonly opened: Promise<void>;
  /** Undefined while nothing listens. */
  readonly port: number | undefined;
}

const usualLimits: ReceiverLimits = {
  connections: 200,
  connectionsPerAddress: 50,
  recipients: 100,
  idleMs: 60_000,
  dataMs: 10 * 60_000,
  closeMs: 10_000,
  memory: 256 * 1_048_576,
  commandLine: 4_096,
  renewalMs: 3_600_000,
};

const reopenMs = 30_000;

/** What the client is told. */
class Refusal extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

/**
 * Takes mail for the configured domains. 250 is said only when the mail is stored durably. Bytes are kept as they came (RFC 5321's dots
 * taken out): no Received or Return-Path line is put before them, since the envelope is stored beside the mail, where nobody can forge it.
 */
export function createSmtpReceiver(
  context: Pick<SourceContext, 'mailbox' | 'accept' | 'report' | 'log'>,
  options: ReceiverOptions,
): SmtpReceiver {
  const { mailbox, log } = context;
  const limits = { ...usualLimits, ...options.limits };
  const memory: MemoryBudget = { limit: limits.memory, used: 0 };
  const clients = new Map<string, string>();
  const underWay = new Set<Promise<void>>();
  let status: MailboxStatus = { state: 'starting' };
  let server: SMTPServer | undefined;
  let port: number | undefined;
  let stopping = false;
  let reopening: NodeJS.Timeout | undefined;
  let renewing: NodeJS.Timeout | undefined;
  const { promise: opened, resolve: setOpened } = Promise.withResolvers<void>();

  function report(change: MailboxStatus): void {
    status = change;
    context.report(status);
  }

  function open(): void {
    try {
      listen(createServer(options.certificate && readCertificate(options.certificate)));
    } catch (thrown) {
      tryAgainLater(coerceError(thrown));
    }
  }

  function tryAgainLater(error: Error): void {
    const failure = explainListening(error, options);
    const nextRetryAt = new Date(Date.now() + reopenMs).toISOString();
    const lastError = { code: failure.code, message: failure.message, at: new Date().toISOString() };
    report({ state: 'failed', nextRetryAt, lastError });
    log.warn({ code: failure.code }, failure.message);
    if (!stopping) reopening = setTimeout(open, reopenMs);
    setOpened();
  }

  function listen(listening: SMTPServer): void {
    listening.on('error', (error) => {
      if (port === undefined) tryAgainLater(error);
      else log.info({ error: error.message }, 'an SMTP connection failed');
    });
    listening.listen(options.port, options.host, () => {
      // A listening TCP server's address is never a string or null.
      port = (listening.server.address() as AddressInfo).port;
      server = listening;
      report({ state: 'connected' });
      const { certificate } = options;
      if (certificate) renewing = setInterval(() => renew(listening, certificate), limits.renewalMs).unref();
      setOpened();
    });
  }

  /** Certificates are replaced every few weeks by programs that tell nobody. */
  function renew(listening: SMTPServer, files: CertificateFiles): void {
    try {
      listening.updateSecureContext(readCertificate(files));
      report({ ...status, problems: [] });
    } catch (thrown) {
      const { code, message } = explainListening(coerceError(thrown), options);
      log.warn({ code }, `The former certificate stays in use. ${message}`);
      report({ ...status, problems: [{ code, message, at: new Date().toISOString() }] });
    }
  }

  function createServer(certificate: CertificateFiles | undefined): SMTPServer {
    return new SMTPServer({
      ...certificate,
      // Without a certificate of its own the library would offer STARTTLS with a published key.
      disabledCommands: certificate ? ['AUTH'] : ['AUTH', 'STARTTLS'],
      banner: 'Sluice',
      size: mailbox.maxBytes,
      maxClients: limits.connections,
      maxRecipients: limits.recipients,
      maxCommandLength: limits.commandLine,
      socketTimeout: limits.idleMs,
      closeTimeout: limits.closeMs,
      disableReverseLookup: true,
      onConnect(session, callback) {
        const same = [...clients.values()].filter((address) => address === session.remoteAddress).length;
        if (same >= limits.connectionsPerAddress) {
          callback(new Refusal(421, 'Too many connections from your address, try again later'));
          return;
        }
        clients.set(session.id, session.remoteAddress);
        callback();
      },
      onClose(session) {
        clients.delete(session.id);
      },
      onMailFrom(_address, _session, callback) {
        callback(stopping ? new Refusal(421, 'Server shutting down') : null);
      },
      onRcptTo({ address }, _session, callback) {
        const domain = asciiDomain(address.slice(address.lastIndexOf('@') + 1));
        const known = options.domains().some((own) => asciiDomain(own) === domain);
        callback(known ? null : new Refusal(550, `Relay refused: no mail is taken here for ${domain}`));
      },
      onData(stream, session, callback) {
        const transaction = receive(stream, session).then(
          () => callback(null, 'Stored'),
          (error) => callback(toRefusal(error)),
        );
        underWay.add(transaction);
        void transaction.finally(() => underWay.delete(transaction));
      },
    });
  }

  async function receive(stream: Parameters<typeof collect>[0], session: SMTPServerSession): Promise<void> {
    const cutOff = setTimeout(() => disconnect(session.id), limits.dataMs);
    // Arrives when the client leaves in the middle; collect() rejects with it.
    stream.on('error', () => {});
    let bytes: Buffer;
    try {
      bytes = await collect(stream, mailbox.maxBytes, memory);
    } catch (error) {
      if (error instanceof UserError && error.code === 'mail-endless') disconnect(session.id);
      throw error;
    } finally {
      clearTimeout(cutOff);
    }
    if (isSmuggling(bytes)) {
      throw new UserError('smuggling', 'A line with a lone dot must be delimited by CRLF (RFC 5321, 2.3.8)');
    }
    const { mailFrom, rcptTo } = session.envelope;
    const client = { ip: session.remoteAddress, name: session.hostNameAppearsAs || '' };
    const to = rcptTo.map(({ address }) => address);
    const envelope = { from: mailFrom === false ? '' : mailFrom.address, to, client };
    const serverKey = transactionKey(envelope, bytes);
    await context.accept([{ folder: '', serverKey, bytes, receivedAt: Date.now(), envelope }]);
    report({
      state: status.state,
      ...(status.problems && { problems: status.problems }),
      newestOnServer: serverKey,
      newestTaken: serverKey,
      lag: 0,
      lastSuccessAt: new Date().toISOString(),
    });
  }

  function toRefusal(thrown: unknown): Refusal {
    const error = coerceError(thrown);
    if (error instanceof UserError) return new Refusal(error.status === 413 ? 552 : 554, error.message);
    const code = error instanceof OperationalError ? error.code : 'mail-not-stored';
    log.warn({ code, error: error.message }, 'a mail could not be stored; its sender was asked to try again');
    const lastError = { code, message: `A mail could not be stored: ${error.message}`, at: new Date().toISOString() };
    report({ ...status, lastError });
    return new Refusal(451, 'The mail could not be stored now, try again later');
  }

  function disconnect(id: string): void {
    for (const connection of server?.connections ?? []) {
      if (connection.session.id === id) connection.send(421, 'Closing: the mail took too long or was too large');
    }
  }

  async function close(listening: SMTPServer): Promise<void> {
    const closed = new Promise<void>((resolve) => listening.close(() => resolve()));
    sendAway(listening, (session) => session.envelope.rcptTo.length === 0);
    const grace = new Promise<void>((resolve) => setTimeout(resolve, limits.closeMs).unref());
    await Promise.race([settled(), grace]);
    // The replies of what has just ended are written before the connections go.
    await new Promise((resolve) => setImmediate(resolve));
    sendAway(listening, () => true);
    await closed;
  }

  /** Also waits for mails whose content begins while others end. */
  async function settled(): Promise<void> {
    while (underWay.size > 0) await Promise.allSettled(underWay);
  }

  function sendAway(listening: SMTPServer, which: (session: SMTPServerSession) => boolean): void {
    for (const connection of [...listening.connections]) {
      if (which(connection.session)) connection.send(421, 'Server shutting down');
    }
  }

  return {
    opened,
    get port() {
      return port;
    },
    start() {
      report({ state: 'starting' });
      open();
    },
    async stop() {
      stopping = true;
      clearTimeout(reopening);
      clearInterval(renewing);
      setOpened();
      await opened;
      const listening = server;
      server = undefined;
      port = undefined;
      if (listening) await close(listening);
      report({ ...status, state: 'stopped' });
    },
    wake() {
      // Mail comes by itself; there is nowhere to look.
    },
  };
}

function asciiDomain(domain: string): string {
  return domainToASCII(domain) || domain.toLowerCase();
}
