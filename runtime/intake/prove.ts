import { isReserved } from '../../schemas/domain.ts';
import type { Authentication, Email } from '../../schemas/email.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { Judge } from '../filters/judge.ts';
import { calledModules } from '../flows/called-modules.ts';
import type { ParsedMail } from '../mail/parsed-mail.ts';
import { isLocalAddress } from '../sender-proof/local-address.ts';
import { notLooked } from '../sender-proof/results.ts';
import type { SenderProof } from '../sender-proof/sender-proof.ts';
import { trustedResults } from '../sender-proof/trusted-results.ts';
import type { MailEntry } from './mail-entry.ts';

interface ProveDeps {
  settings: { read(): Settings };
  flows: { published(id: string): { flow: Flow; version: number } | null };
  proof: Pick<SenderProof, 'check'>;
  bytesOf(entry: MailEntry): Promise<Uint8Array>;
  isAlwaysLetIn: Judge['isAlwaysLetIn'];
}

/** How flows name what is found out here. */
const asked = 'email.authentication';

/**
 * Finds out whether the sender's domain is proved: by the word of a trusted mail server, or, of what the receiver took from outside, by the DNS. A mail
 * that no machine answers costs no look-up, unless a flow asks, or the sender is always let in and must be who he says.
 */
export function createProve(deps: ProveDeps): (entry: MailEntry, mail: ParsedMail) => Promise<ParsedMail> {
  const asking = new WeakMap<Flow, boolean>();

  function asks(flow: Flow): boolean {
    const known = asking.get(flow) ?? JSON.stringify(flow).includes(asked);
    asking.set(flow, known);
    return known;
  }

  function isAskedFor({ routes }: Settings): boolean {
    const ids = new Set(routes.flatMap(({ flow, spamFlow }) => [flow ?? [], spamFlow ?? []].flat()));
    const flows = [...ids].flatMap((id) => deps.flows.published(id)?.flow ?? []);
    return flows.some(asks) || calledModules(flows, deps.flows.published).some(({ flow }) => asks(flow));
  }

  async function check(entry: MailEntry, email: Email, settings: Settings): Promise<Authentication | null> {
    const client = entry.envelope?.client;
    const { domain } = email.from;
    if (client === undefined || domain === '' || isReserved(domain)) return null;
    // A program on this machine that signs nothing: there is nothing to look up.
    if (isLocalAddress(client.ip) && !Object.hasOwn(email.headers, 'dkim-signature')) return null;
    const isNeeded = email.mayAutoRespond || deps.isAlwaysLetIn(entry.mailbox, email) || isAskedFor(settings);
    if (!isNeeded) return null;
    const facts = { envelopeFrom: entry.envelope?.from ?? '', fromDomain: domain, client };
    return await deps.proof.check(await deps.bytesOf(entry), facts);
  }

  return async (entry, mail) => {
    const settings = deps.settings.read();
    const { trustedServers } = settings.filters;
    const written = trustedServers.length === 0 ? null : trustedResults(mail.email, trustedServers);
    const found = written ?? (await check(entry, mail.email, settings));
    if (found !== null) return withResults(mail, found);
    // Of fetched mail somebody said who proves senders; a program that hands mail over has no such server.
    const isUnproved = trustedServers.length > 0 && entry.envelope === undefined;
    return isUnproved ? withResults(mail, { ...notLooked, sender: 'unproved' }) : mail;
  };
}

function withResults(mail: ParsedMail, authentication: Authentication): ParsedMail {
  const email = { ...mail.email, authentication };
  return { email, json: JSON.stringify(email) };
}
