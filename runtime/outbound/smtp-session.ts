import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionOptions, type SMTPEnvelope } from 'nodemailer/lib/smtp-connection';
import { coerceError } from '../../schemas/errors.ts';
import type { Credentials, GetCredentials } from '../authorisations/credentials.ts';
import { logIn } from '../authorisations/log-in.ts';
import type { OutgoingMail } from './sender.ts';
import type { SmtpError } from './smtp-error.ts';
import { isTokenRefused, oauthBearer, smtpLogin } from './smtp-login.ts';

/** Milliseconds. Lower than nodemailer's, since a slot that hangs holds up other mails. */
export interface SmtpTimeouts {
  /** Until the server has greeted and, if so agreed, TLS stands. */
  connect: number;
  /** For all commands up to the server's word that it takes the text. */
  dialogue: number;
  /** Of silence after that. RFC 5321 section 4.5.3.2.6 asks for 10 minutes; a shorter wait costs no double, only an `uncertain`. */
  answer: number;
}

/** In pieces, so that the end of the text comes when most of it has left, and not when it was only put into a buffer. */
const chunkBytes = 16_384;

/** How an attempt ended: the server's last word, or the error with how far the mail had come. */
export type SmtpOutcome = { response: string } | { error: SmtpError; finalDotSent: boolean };

/** One connection with its server, ready for mails one after the other. */
export interface SmtpSession {
  /** Resolves in every case. After an error the session is closed. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<SmtpOutcome>;
  isOpen(): boolean;
  isEncrypted(): boolean;
  /** What the server said that it can do, upper case, without parameters. */
  extensions(): readonly string[];
  /** Says good-bye without waiting for an answer. */
  close(): void;
}

/** Connects, secures and logs in; a token that is refused is replaced once. Rejects with nodemailer's error, or with that of the credentials. */
export async function openSmtpSession(
  options: SMTPConnectionOptions,
  credentials: GetCredentials | null,
  timeouts: SmtpTimeouts,
  signal: AbortSignal,
): Promise<SmtpSession> {
  if (credentials === null) return await openWith(options, null, timeouts, signal);
  return await logIn(credentials, (shown) => openWith(options, shown, timeouts, signal), isTokenRefused);
}

async function openWith(
  options: SMTPConnectionOptions,
  shown: Credentials | null,
  timeouts: SmtpTimeouts,
  signal: AbortSignal,
): Promise<SmtpSession> {
  const connection = new SMTPConnection({
    ...options,
    customAuth: { OAUTHBEARER: oauthBearer },
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    socketTimeout: timeouts.answer,
    logger: false,
  });
  let isOpen = true;
  connection.once('end', () => {
    isOpen = false;
  });
  // A connection that breaks while it is idle is noticed by `isOpen`; while it is used, by the command under way.
  connection.on('error', () => {
    isOpen = false;
  });
  try {
    await withLimits(connection, timeouts.connect + timeouts.dialogue, signal, async () => {
      await settled((done) => connection.connect(done), connection);
      if (shown !== null) await settled((done) => connection.login(smtpLogin(shown, connection), done), connection);
    });
  } catch (thrown) {
    connection.close();
    throw thrown;
  }

  return {
    send: (mail, abort) => sendOver(connection, mail, timeouts, abort),
    isOpen: () => isOpen,
    isEncrypted: () => connection.secure,
    extensions: () => extensionsOf(connection),
    close() {
      isOpen = false;
      connection.quit();
      connection.close();
    },
  };
}

/**
 * Nodemailer reports a connection that closed before the text just like one that closed after the final dot. So the mail is
 * handed over as a stream: nodemailer reads it only once the server has asked for the text, and writes the dot only after
 * its end. As long as the end was not reached, the server cannot have a whole mail.
 */
async function sendOver(
  connection: SMTPConnection,
  mail: OutgoingMail,
  timeouts: SmtpTimeouts,
  signal: AbortSignal,
): Promise<SmtpOutcome> {
  let finalDotSent = false;
  let dialogueTimer: NodeJS.Timeout | undefined;
  let offset = 0;
  const text = new Readable({
    read() {
      clearTimeout(dialogueTimer);
      const chunk = mail.raw.subarray(offset, offset + chunkBytes);
      offset += chunk.byteLength;
      this.push(chunk.byteLength > 0 ? chunk : null);
    },
  });
  text.once('end', () => {
    finalDotSent = true;
  });
  try {
    const limit = timeouts.dialogue + 2 * timeouts.answer;
    return await withLimits(connection, limit, signal, async (fail) => {
      dialogueTimer = setTimeout(() => fail(timeout('The server did not answer in time')), timeouts.dialogue);
      const envelope = { ...envelopeOf(mail), size: mail.raw.byteLength };
      const info = await settled<{ response: string }>((done) => connection.send(envelope, text, done), connection);
      return { response: info.response };
    });
  } catch (thrown) {
    connection.close();
    return { error: coerceError(thrown), finalDotSent };
  } finally {
    clearTimeout(dialogueTimer);
    text.destroy();
  }
}

/** Reports of failure and delay are asked for where somebody is there to hear of them. */
function envelopeOf({ envelope: { from, to, id } }: OutgoingMail): SMTPEnvelope {
  if (from === '') return { from, to };
  return { from, to, dsn: { id, return: 'HDRS', notify: ['FAILURE', 'DELAY'], recipient: to } };
}

/** Runs the work, but closes the connection and rejects where it is aborted or takes longer than the limit as a whole. */
async function withLimits<T>(
  connection: SMTPConnection,
  limitMs: number,
  signal: AbortSignal,
  work: (fail: (error: Error) => void) => Promise<T>,
): Promise<T> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  const timer = setTimeout(() => fail(timeout('The server took too long')), limitMs);
  const onAbort = () => fail(timeout('Sluice is stopping'));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([failed, work(fail)]);
  } catch (thrown) {
    connection.close();
    throw thrown;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** A callback of nodemailer as a promise; some failures come as an event only. */
function settled<T>(begin: (done: (error?: Error | null, value?: T) => void) => void, connection: SMTPConnection) {
  return new Promise<T>((resolve, reject) => {
    const onError = (error: Error) => reject(error);
    const onEnd = () => reject(Object.assign(new Error('Connection closed unexpectedly'), { code: 'ECONNECTION' }));
    connection.once('error', onError);
    connection.once('end', onEnd);
    begin((error, value) => {
      connection.off('error', onError);
      connection.off('end', onEnd);
      if (error) reject(error);
      // Where nodemailer reports no error it hands over the value that this callback is declared with.
      else resolve(value as T);
    });
  });
}

function timeout(message: string): SmtpError {
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
}

/** Nodemailer keeps them to itself; it has them as a list of names. */
function extensionsOf(connection: SMTPConnection): readonly string[] {
  const names: unknown = Reflect.get(connection, '_supportedExtensions');
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
