import { asciiDomain } from '../../schemas/addresses/ascii-domain.ts';
import { usualAlarms, usualReconciliation } from '../../schemas/alarms.ts';
import type { Domain } from '../../schemas/domain.ts';
import { noFilters } from '../../schemas/filters.ts';
import { usualRetention } from '../../schemas/retention.ts';
import { usualBudgets } from '../../schemas/settings.ts';

/** A document as this version writes it: what earlier ones lacked is added, what they called otherwise is carried over. */
export function broughtUpToDate(document: object): object {
  const { receiver, outbound, budgets, ...rest } = {
    receiver: undefined,
    outbound: undefined,
    budgets: {},
    ...document,
  };
  return {
    lists: [],
    schedules: [],
    authorisations: [],
    filters: noFilters(),
    alarms: usualAlarms(),
    reconciliation: usualReconciliation(),
    retention: usualRetention(),
    domains: domainsOf(receiver),
    routing: { destinations: 'one' },
    fromAddresses: [],
    deletedUsers: [],
    signInProviders: [],
    localSignIn: true,
    loginMoves: {},
    ...outboundMailboxesOf(outbound),
    // What is no object is refused with the rest of the document.
    budgets: typeof budgets === 'object' ? { ...usualBudgets(), ...budgets } : budgets,
    ...rest,
  };
}

/** The receiver's domains stood in a list of their own once. */
function domainsOf(receiver: unknown): Domain[] {
  const listed: unknown = typeof receiver === 'object' && receiver !== null ? Reflect.get(receiver, 'domains') : [];
  const names = Array.isArray(listed) ? listed.map((name) => asciiDomain(String(name))) : [];
  const usable = [...new Set(names.filter((name) => name !== null))];
  return usable.map((name, index) => ({
    // Two names may differ in what an id cannot hold.
    id: `${name.replace(/[^a-z0-9]+/g, '-').slice(0, 56)}${index === 0 ? '' : `-${index + 1}`}`.replace(/^-+/, ''),
    name,
    receives: true,
    dkim: [],
  }));
}

/** What the one outbound mailbox is called that documents of before had. */
const formerOutbound = 'smtp-client';

/** There was one way out once, or none. */
function outboundMailboxesOf(outbound: unknown) {
  if (typeof outbound !== 'object' || outbound === null) return { outboundMailboxes: [], defaultOutbound: null };
  const { type, from, fromName, ...smtp } = { type: 'smtp', from: undefined, fromName: undefined, ...outbound };
  const mailbox = {
    id: formerOutbound,
    name: formerOutbound,
    type,
    enabled: true,
    ...(from === undefined ? {} : { from }),
    ...(fromName === undefined ? {} : { fromName }),
    sendsFor: [],
    envelopeSender: 'nobody',
    connections: 5,
    mailsPerConnection: 100,
    limits: {},
    smtp,
  };
  return { outboundMailboxes: [mailbox], defaultOutbound: formerOutbound };
}
