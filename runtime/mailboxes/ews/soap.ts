import { setTimeout as wait } from 'node:timers/promises';
import { OperationalError } from '../../../schemas/errors.ts';
import type { Mailbox } from '../../../schemas/settings.ts';
import type { Credentials, GetCredentials } from '../../authorisations/credentials.ts';
import { EwsRefusal, HttpRefusal } from './failure.ts';
import { assertOnPremise, ewsOf } from './server.ts';
import type { EwsAnswer, EwsTiming, Transport } from './transport.ts';
import { attribute, child, children, elements, escapeXml, parseXml, text, type XmlNode } from './xml.ts';

/** A conversation with Exchange, one call at a time. */
export interface Soap {
  /** Performs an operation; resolves with its response messages, each checked unless `keepsErrors`. Rejects with EwsRefusal, HttpRefusal. */
  call(operation: string, body: string, options?: { maxBytes?: number; keepsErrors?: boolean }): Promise<XmlNode[]>;
  close(): void;
}

/** Answers without mails are small; a page of 512 changes has some 300 kB. */
const usualBytes = 8 * 1_048_576;
const maxTries = 5;
/** Asked to wait longer than this, the connection is given up, and the mailbox says so. */
const longestWaitMs = 5 * 60_000;
const usualWaitMs = 10_000;
const busy = new Set(['ErrorServerBusy', 'ErrorExceededConnectionCount', 'ErrorMailboxStoreUnavailable']);
/** Understood by Exchange 2013 SP1 and everything later on premises. */
const version = 'Exchange2013_SP1';

export function openSoap(mailbox: Mailbox, credentials: GetCredentials, timing: EwsTiming, signal: AbortSignal): Soap {
  const server = ewsOf(mailbox);
  assertOnPremise(server);
  let transport: Transport | undefined;
  const impersonation = server.impersonate
    ? `<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${escapeXml(mailbox.address)}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`
    : '';
  let login: Credentials | undefined;

  async function post(body: string, maxBytes: number): Promise<EwsAnswer> {
    // Large, and few installations have an Exchange server of their own: read with the first call.
    const { createTransport } = await import('./transport.ts');
    transport ??= createTransport(server, timing, signal);
    login ??= await credentials();
    const headers = () => ({ authorization: authorise(login), 'x-anchormailbox': mailbox.address });
    const answer = await transport.post(body, headers(), maxBytes);
    if (answer.status !== 401 || login.kind !== 'token') return answer;
    // A token ends by itself; a password that was refused once is not sent a second time.
    login = await credentials(login);
    return await transport.post(body, headers(), maxBytes);
  }

  async function once(operation: string, body: string, maxBytes: number, keepsErrors: boolean): Promise<XmlNode[]> {
    const envelope = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><s:Header><t:RequestServerVersion Version="${version}"/>${impersonation}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
    const answer = await post(envelope, maxBytes);
    if (answer.status !== 200 && (answer.status !== 500 || !/^\s*(<\?xml|<\w+:Envelope)/.test(answer.text))) {
      throw new HttpRefusal(answer.status, answer.challenge);
    }
    const soapBody = child(await parseXml(answer.text, server.host), 'Envelope', 'Body');
    const fault = child(soapBody, 'Fault');
    if (Object.keys(fault).length > 0) {
      const detail = child(fault, 'detail');
      throw new EwsRefusal(text(detail, 'ResponseCode') || 'Fault', text(fault, 'faultstring'), backOffOf(detail));
    }
    const messages = elements(child(soapBody, `${operation}Response`, 'ResponseMessages')).map(({ node }) => node);
    if (messages.length === 0) {
      throw new OperationalError('ews-bad-answer', `${server.host} gave no answer to ${operation}.`);
    }
    const refusals = messages.map(refusalOf);
    const first = refusals.find((refusal) => refusal && (!keepsErrors || busy.has(refusal.responseCode)));
    if (first) throw first;
    return messages;
  }

  return {
    async call(operation, body, { maxBytes = usualBytes, keepsErrors = false } = {}) {
      for (let tries = 1; ; tries++) {
        try {
          return await once(operation, body, maxBytes, keepsErrors);
        } catch (error) {
          if (!(error instanceof EwsRefusal) || !busy.has(error.responseCode)) throw error;
          const ms = error.backOffMs ?? usualWaitMs * tries;
          if (ms > longestWaitMs || tries === maxTries) throw throttled(server.host, ms, error);
          await wait(ms, undefined, { signal }).catch(() => {
            throw new OperationalError('stopped', 'The mailbox was stopped.');
          });
        }
      }
    },
    close: () => transport?.close(),
  };
}

function authorise(login: Credentials | undefined): string {
  if (login?.kind === 'token') return `Bearer ${login.token}`;
  return `Basic ${Buffer.from(`${login?.username}:${login?.password}`).toString('base64')}`;
}

/** What Exchange says against one of the things that were asked for. */
export function refusalOf(message: XmlNode): EwsRefusal | undefined {
  if (attribute(message, 'ResponseClass') !== 'Error') return undefined;
  return new EwsRefusal(text(message, 'ResponseCode'), text(message, 'MessageText'), backOffOf(message));
}

function backOffOf(node: XmlNode): number | undefined {
  const found = children(child(node, 'MessageXml'), 'Value').find(
    (value) => attribute(value, 'Name') === 'BackOffMilliseconds',
  );
  const ms = found === undefined ? Number.NaN : Number(text(found));
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

function throttled(host: string, ms: number, cause: EwsRefusal): OperationalError {
  return new OperationalError(
    'ews-throttled',
    `${host} is busy and asks to wait for ${Math.ceil(ms / 1_000)} s. Raise the poll interval if this comes often.`,
    { cause },
  );
}
