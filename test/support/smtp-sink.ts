import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { until } from './until.ts';

interface SunkMail {
  from: string;
  to: string[];
  raw: Buffer;
}

/** What the server answers to the next mails: one entry a mail, the last one stays. */
type SinkBehaviour =
  | { kind: 'take'; afterMs?: number; when?: Promise<unknown> }
  /** A final answer to DATA, such as 550 or 451. */
  | { kind: 'answer'; code: number; message: string }
  /** The mail is recorded and the connection is cut before any answer. */
  | { kind: 'drop-after-final-dot' }
  /** The mail is recorded and no answer ever comes. */
  | { kind: 'hang' };

export interface SmtpSink {
  readonly host: string;
  readonly port: number;
  /** Every mail whose final dot arrived, whatever was answered. */
  readonly mails: readonly SunkMail[];
  /** Recipients that get this code at RCPT TO. */
  refuseRecipient(address: string, code: number): void;
  behave(...behaviours: SinkBehaviour[]): void;
  /** How many are open now. */
  connections(): number;
  /** How many mails without a sender were refused. */
  nullSenders(): number;
  /** Waits until so many mails have arrived. */
  waitFor(count: number): Promise<readonly SunkMail[]>;
  stop(): Promise<void>;
}

export interface SmtpSinkOptions {
  port?: number;
  /** Demands this login. */
  login?: { username: string; password: string };
  /** Takes tokens by XOAUTH2 alone, and asks there about each. Those that are not good it refuses as Google does, or as Exchange. */
  tokens?: { isGood(username: string, token: string): Promise<boolean>; refusesLike: 'google' | 'exchange' };
  /** As some providers do for their customers. */
  refusesNullSender?: boolean;
  /** Called with each mail before it is answered, and with what becomes of it. */
  onMail?: (mail: SunkMail, behaviour: SinkBehaviour['kind']) => void;
  /** PEM texts; with them the server offers STARTTLS, or speaks TLS from the start with `secure`. */
  tls?: { key: string; cert: string; secure?: boolean };
}

/** A real SMTP server that keeps what it is sent. */
export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const refused = new Map<string, number>();
  let nullSenders = 0;
  let script: SinkBehaviour[] = [{ kind: 'take' }];
  const next = (): SinkBehaviour => (script.length > 1 ? script.shift() : script[0]) ?? { kind: 'take' };

  const server = new SMTPServer({
    ...(options.tls ? { key: options.tls.key, cert: options.tls.cert, secure: options.tls.secure ?? false } : {}),
    ...(options.tokens ? { authMethods: ['XOAUTH2'] } : {}),
    disabledCommands: [...(options.login || options.tokens ? [] : ['AUTH']), ...(options.tls ? [] : ['STARTTLS'])],
    allowInsecureAuth: true,
    authOptional: !options.login && !options.tokens,
    disableReverseLookup: true,
    socketTimeout: 120_000,
    closeTimeout: 10,
    onAuth(auth, _session, callback) {
      const { username = '', accessToken = '' } = auth;
      if (options.tokens) {
        const { isGood, refusesLike } = options.tokens;
        const refusal = Object.assign(new Error('5.7.3 Authentication unsuccessful'), { responseCode: 535 });
        const challenge = { data: { status: '400', schemes: 'Bearer' } };
        isGood(username, accessToken).then((good) => {
          if (good) callback(null, { user: username });
          else if (refusesLike === 'google') callback(null, challenge);
          else callback(refusal);
        }, callback);
        return;
      }
      const known = auth.username === options.login?.username && auth.password === options.login?.password;
      callback(known ? null : new Error('Invalid login'), known ? { user: auth.username } : undefined);
    },
    onMailFrom(address, _session, callback) {
      const isRefused = options.refusesNullSender === true && !address.address;
      if (isRefused) nullSenders += 1;
      const error = Object.assign(new Error('5.1.7 A sender is needed'), { responseCode: 550 });
      callback(isRefused ? error : null);
    },
    onRcptTo(address, _session, callback) {
      const code = refused.get(address.address);
      callback(code === undefined ? null : Object.assign(new Error('Recipient refused'), { responseCode: code }));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const mail = { from, to: rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks) };
        const behaviour = next();
        mails.push(mail);
        options.onMail?.(mail, behaviour.kind);
        if (behaviour.kind === 'take') {
          const take = () => setTimeout(() => callback(null, 'Taken'), behaviour.afterMs ?? 0);
          void Promise.resolve(behaviour.when).then(take);
        }
        if (behaviour.kind === 'answer') {
          callback(Object.assign(new Error(behaviour.message), { responseCode: behaviour.code }));
        }
        if (behaviour.kind === 'drop-after-final-dot') cut(session.id);
      });
    },
  });
  server.on('error', () => {});
  function cut(id: string): void {
    for (const connection of server.connections) if (connection.id === id) connection._socket?.destroy();
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });

  return {
    host: '127.0.0.1',
    // A listening TCP server's address is never a string or null.
    port: (server.server.address() as AddressInfo).port,
    mails,
    refuseRecipient: (address, code) => void refused.set(address, code),
    behave(...behaviours) {
      script = behaviours;
    },
    connections: () => server.connections.size,
    nullSenders: () => nullSenders,
    async waitFor(count) {
      await until(`${count} mails at the SMTP sink`, () => mails.length >= count);
      return mails;
    },
    async stop() {
      for (const connection of server.connections) connection._socket?.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}
