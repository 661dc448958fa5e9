import { addressParts, enteredAddress, joined } from '../../schemas/addresses/address.ts';
import { baseOf, readPattern } from '../../schemas/addresses/pattern.ts';
import { maxRecipients } from '../../schemas/api/replies.ts';
import { receivedDomains } from '../../schemas/domain.ts';
import type { Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';
import { ownAddresses } from '../outbound/own-addresses.ts';

/** Addresses of mail systems: nobody reads what is written to them. */
const machine = /^(mailer-daemon|mail-daemon|mailerdaemon|mdaemon|bounces?([-+=].*)?)$/;

/** Whether mail to the address would come in here: a mailbox or route of ours, one of its plus-addresses, or a domain of the receiver. */
function isOurs(address: string, settings: Settings): boolean {
  const parts = addressParts(address);
  if (parts === null) return false;
  const own = ownAddresses(settings);
  if (own.has(joined(parts)) || own.has(`${baseOf(parts.local)}@${parts.domain}`)) return true;
  if (receivedDomains(settings).includes(parts.domain)) return true;
  return settings.routes.some((route) => {
    const pattern = readPattern(route.pattern);
    return typeof pattern !== 'string' && pattern.kind !== 'any' && pattern.fit(parts) !== null;
  });
}

/** Whom a mail asks to be answered to. */
export function askedRecipients({ replyTo, from }: Pick<Email, 'replyTo' | 'from'>): string[] {
  const asked = replyTo.length > 0 ? replyTo : [from];
  return unique(asked.map(({ address }) => address));
}

/** Everybody who got the mail beside us and those who are answered anyway, bounded. */
export function otherRecipients(email: Pick<Email, 'replyTo' | 'from' | 'to' | 'cc'>, settings: Settings): string[] {
  const asked = askedRecipients(email);
  const known = new Set(asked.map(folded));
  const others = unique([...email.to, ...email.cc].map(({ address }) => address));
  return others
    .filter((address) => !known.has(folded(address)) && refusal(address, settings) === null)
    .slice(0, maxRecipients - asked.length);
}

/** Why the mail cannot be answered at all; empty where it can. */
export function mailProblem(email: Email | null): string {
  if (email === null) return 'This mail could not be read, so there is nobody to answer.';
  if (email.isBounce)
    return 'This is the report of a mail server: nobody reads what is written to it. Answer the mail that it is about.';
  if (email.from.address === '' && email.replyTo.length === 0)
    return 'This mail names no sender, so there is nobody to answer.';
  return '';
}

/** What to look at before answering, in words. */
export function warningsOf({ from, replyTo, authentication, isAutoReply, isList }: Email): string[] {
  const elsewhere = replyTo.find(({ domain }) => domain !== from.domain);
  return [
    ...(elsewhere === undefined
      ? []
      : [`The sender wrote as ${from.address}, but answers go to ${elsewhere.address}, which is another domain.`]),
    ...(authentication.sender === 'forged'
      ? [
          `The domain of ${from.address} says that this mail is forged: your answer may reach somebody who wrote nothing.`,
        ]
      : []),
    ...(isAutoReply ? ['A machine wrote this mail: perhaps nobody reads your answer.'] : []),
    ...(isList ? ['This mail came by a mailing list: look whether you answer one person or all.'] : []),
  ];
}

/**
 * The recipients of an answer as they are written to, each once.
 *
 * @throws UserError `bad-address`, `own-recipient`, `machine-recipient`, `too-many-recipients` (422).
 */
export function checkedRecipients(
  { to, cc }: { to: readonly string[]; cc: readonly string[] },
  settings: Settings,
): { to: string[]; cc: string[] } {
  const checked = { to: unique(to.map(entered)), cc: unique(cc.map(entered)) };
  const first = new Set(checked.to.map(folded));
  checked.cc = checked.cc.filter((address) => !first.has(folded(address)));
  const all = [...checked.to, ...checked.cc];
  for (const address of all) {
    const refused = refusal(address, settings);
    if (refused !== null) throw refused;
  }
  if (all.length > maxRecipients) {
    const message = `An answer goes to ${maxRecipients} people at most; these are ${all.length}.`;
    throw new UserError('too-many-recipients', message, { status: 422 });
  }
  return checked;
}

function entered(text: string): string {
  const address = enteredAddress(text);
  if (address !== null) return address;
  const message = `"${text}" is not one address that a mail can be sent to. Write it like name@example.com.`;
  throw new UserError('bad-address', message, { status: 422 });
}

function refusal(address: string, settings: Settings): UserError | null {
  const parts = addressParts(address);
  if (parts === null || machine.test(parts.local)) {
    const message = `${address || 'The null sender'} is a mail server's own address: nobody reads what is sent there.`;
    return new UserError('machine-recipient', message, { status: 422 });
  }
  if (!isOurs(address, settings)) return null;
  const message = `${address} is one of our own addresses: the answer would come in here again as a new mail. Take it out.`;
  return new UserError('own-recipient', message, { status: 422 });
}

function unique(addresses: readonly string[]): string[] {
  const seen = new Map(addresses.filter((address) => address !== '').map((address) => [folded(address), address]));
  return [...seen.values()];
}

function folded(address: string): string {
  return address.toLowerCase();
}
