import { asciiDomain } from '../../schemas/addresses/ascii-domain.ts';
import { usualAlarms, usualReconciliation } from '../../schemas/alarms.ts';
import type { Domain } from '../../schemas/domain.ts';
import { noFilters } from '../../schemas/filters.ts';

/** A document as this version writes it: what earlier ones lacked is added, what they called otherwise is carried over. */
export function broughtUpToDate(document: object): object {
  const { receiver, ...rest } = { receiver: undefined, ...document };
  return {
    lists: [],
    schedules: [],
    authorisations: [],
    filters: noFilters(),
    alarms: usualAlarms(),
    reconciliation: usualReconciliation(),
    domains: domainsOf(receiver),
    routing: { destinations: 'one' },
    fromAddresses: [],
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
