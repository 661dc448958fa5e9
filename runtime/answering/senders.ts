import { addressParts } from '../../schemas/addresses/address.ts';
import type { ReplySender } from '../../schemas/api/replies.ts';
import { UserError } from '../../schemas/errors.ts';
import { fromProblem } from '../../schemas/from-address.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { Route } from '../../schemas/route.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import { namedFrom } from '../outbound/answer-look.ts';
import type { AnsweredEmail } from '../outbound/answered-email.ts';
import { answerSender, isPlainAddress } from '../outbound/own-addresses.ts';

/** The mail that is answered, as far as it decides who may write. */
export interface AnsweredMail {
  email: AnsweredEmail;
  mailbox: Mailbox;
  route: Route | undefined;
  /** Id; null for none. */
  queue: string | null;
}

/**
 * Who a person may answer as. First what the route (or else the mailbox) has by itself, then the addresses of the groups that route and queue name;
 * where they name none, of the group that the route's own address is in.
 */
export function sendersOf(settings: Settings, mail: AnsweredMail): ReplySender[] {
  const { route } = mail;
  const own = settings.fromAddresses.find(({ id }) => id === route?.from);
  const queue = settings.queues.find(({ id }) => id === mail.queue);
  const named = [...(route?.fromGroups ?? []), ...(queue?.fromGroups ?? [])];
  const usualGroups = own?.group === undefined ? [] : [own.group];
  const groups = new Set(named.length > 0 ? named : usualGroups);
  const usual = answerSender(settings, mail.mailbox, mail.email, namedFrom(settings.fromAddresses, route, undefined));
  const others = settings.fromAddresses.filter(
    ({ id, group }) => id !== own?.id && group !== undefined && groups.has(group),
  );
  return [
    {
      id: own?.id ?? null,
      address: usual.address,
      name: usual.name,
      group: own?.group ?? '',
      problem: own === undefined ? impliedProblem(usual.address, settings) : addressProblem(own.address, settings),
    },
    ...others.map(({ id, address, name, group = '' }) => ({
      id,
      address,
      name,
      group,
      problem: addressProblem(address, settings),
    })),
  ];
}

/**
 * Who an answer comes from, and how it leaves; null for `outbound`: it is captured.
 *
 * @throws UserError `from-not-offered` (403), `unverified-domain` (422), `no-from-address` (422).
 */
export function chosenSender(
  settings: Settings,
  mail: AnsweredMail,
  chosen: string | undefined,
): { address: string; name: string; outbound: OutboundMailbox | null } {
  const [usual, ...others] = sendersOf(settings, mail);
  const sender = chosen === undefined || chosen === usual?.id ? usual : others.find(({ id }) => id === chosen);
  if (sender === undefined) {
    const message = `"${chosen}" is none of the from addresses that route and queue of this mail offer. Choose another, or have an administrator add its group.`;
    throw new UserError('from-not-offered', message, { status: 403 });
  }
  if (!isPlainAddress(sender.address)) {
    const message =
      'There is no address to answer from. Give the route a from address, or the mailbox or the outbound mailbox an address.';
    throw new UserError('no-from-address', message, { status: 422 });
  }
  if (sender.problem !== '') throw new UserError('unverified-domain', sender.problem, { status: 422 });
  const { outbound } = answerSender(settings, mail.mailbox, mail.email, { address: sender.address });
  return { address: sender.address, name: sender.name, outbound };
}

function addressProblem(address: string, { domains }: Settings): string {
  return fromProblem(address, domains) ?? '';
}

/** An address that nobody entered as one to write from, such as a mailbox at a provider: only if its domain is ours can it be unverified. */
function impliedProblem(address: string, settings: Settings): string {
  const name = addressParts(address)?.domain;
  return settings.domains.some((domain) => domain.name === name) ? addressProblem(address, settings) : '';
}
