import { enteredAddress } from '../../../schemas/addresses/address.ts';
import {
  type FromAddressView,
  fromAddressBodySchema,
  fromAddressChangeSchema,
  fromAddressesSchema,
  fromAddressViewSchema,
} from '../../../schemas/api/from-addresses.ts';
import { UserError } from '../../../schemas/errors.ts';
import { foldCase } from '../../../schemas/fold-case.ts';
import { type FromAddress, fromProblem } from '../../../schemas/from-address.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { designers, everyRole } from '../access.ts';
import { usesBy } from '../flows-using.ts';
import { freeId } from '../free-id.ts';
import { noContent, route } from '../route.ts';
import type { Services } from '../services.ts';

export const fromAddressesRoutes = [
  route({
    method: 'get',
    path: '/api/from-addresses',
    summary: 'Addresses that routes and flows may write from',
    access: everyRole,
    response: fromAddressesSchema,
    handler: async ({ services }) => ({ items: await viewsOf(services.settings.read().fromAddresses, services) }),
  }),
  route({
    method: 'post',
    path: '/api/from-addresses',
    summary: 'Add a from address of a verified domain',
    access: designers,
    body: fromAddressBodySchema,
    response: fromAddressViewSchema,
    status: 201,
    async handler({ body: { id: wanted, ...body }, services }) {
      let id = '';
      await services.settings.update((draft) => {
        const address = usableAddress(body.address, draft);
        id = wanted ?? freeId(address, draft.fromAddresses, 'from');
        if (draft.fromAddresses.some((each) => each.id === id)) {
          throw new UserError('from-address-exists', `There is a from address "${id}" already.`, { status: 409 });
        }
        const entry = { id, ...body, address };
        refuseDouble(entry, draft);
        draft.fromAddresses.push(entry);
      });
      return viewOf(id, services);
    },
  }),
  route({
    method: 'patch',
    path: '/api/from-addresses/:id',
    summary: 'Change a from address; an empty group takes it out of its group',
    access: designers,
    body: fromAddressChangeSchema,
    response: fromAddressViewSchema,
    async handler({ params: { id }, body: { address, name, group }, services }) {
      await services.settings.update((draft) => {
        const entry = fromAddressIn(draft, id);
        const before = shownAs(entry);
        if (address !== undefined && address !== entry.address) entry.address = usableAddress(address, draft);
        if (name !== undefined) entry.name = name;
        if (group === '') delete entry.group;
        else if (group !== undefined) entry.group = group;
        if (shownAs(entry) !== before) refuseDouble(entry, draft);
      });
      return viewOf(id, services);
    },
  }),
  route({
    method: 'delete',
    path: '/api/from-addresses/:id',
    summary: 'Delete a from address that no route and no published flow uses',
    access: designers,
    response: noContent,
    async handler({ params: { id }, services }) {
      const { usedBy } = await viewOf(id, services);
      const users = [
        ...usedBy.routes.map((each) => `the route "${each}"`),
        ...usedBy.flows.map((each) => `the flow "${each}"`),
      ];
      if (users.length > 0) {
        const message = `It is used by ${users.join(', ')}. Change that first.`;
        throw new UserError('from-address-in-use', message, { status: 409 });
      }
      await services.settings.update(
        (draft) => void draft.fromAddresses.splice(draft.fromAddresses.indexOf(fromAddressIn(draft, id)), 1),
      );
    },
  }),
];

function usableAddress(text: string, { domains }: Settings): string {
  const address = enteredAddress(text);
  if (address === null) {
    throw new UserError('bad-address', `"${text}" is no address that can be written from.`, { status: 422 });
  }
  const problem = fromProblem(address, domains);
  if (problem !== null) throw new UserError('unverified-domain', problem, { status: 422 });
  return address;
}

/**
 * One address may write under several names, and stand in several groups, each an entry of its own; two entries that look the same are a mistake,
 * between which nobody could choose.
 */
function refuseDouble(entry: FromAddress, { fromAddresses }: Settings): void {
  const double = fromAddresses.some((each) => each.id !== entry.id && shownAs(each) === shownAs(entry));
  if (!double) return;
  const place = entry.group === undefined ? 'without a group' : `in the group "${entry.group}"`;
  const message = `${entry.address} stands ${place} already, with the same name. Give this one another name or group.`;
  throw new UserError('from-address-twice', message, { status: 409 });
}

/** What people tell from addresses apart by. */
function shownAs({ address, name, group = '' }: FromAddress): string {
  return JSON.stringify([foldCase(address), foldCase(name), group]);
}

async function viewsOf(entries: readonly FromAddress[], { settings, flows }: Services): Promise<FromAddressView[]> {
  const { routes, queues, domains } = settings.read();
  const uses = await usesBy(flows, 'fromAddresses');
  const offering = <T extends { id: string; fromGroups?: string[] }>(all: readonly T[], { group }: FromAddress) =>
    all.filter(({ fromGroups }) => group !== undefined && fromGroups?.includes(group)).map(({ id }) => id);
  return entries.map((entry) => ({
    ...entry,
    problem: fromProblem(entry.address, domains) ?? '',
    usedBy: {
      routes: routes.filter(({ from }) => from === entry.id).map(({ id }) => id),
      flows: (uses.get(entry.id) ?? []).map(({ id }) => id),
      agentsOf: { routes: offering(routes, entry), queues: offering(queues, entry) },
    },
  }));
}

async function viewOf(id: string, services: Services): Promise<FromAddressView> {
  const [view] = await viewsOf([fromAddressIn(services.settings.read(), id)], services);
  return view ?? missing(id);
}

function fromAddressIn(settings: Settings, id: string): FromAddress {
  return settings.fromAddresses.find((candidate) => candidate.id === id) ?? missing(id);
}

function missing(id: string): never {
  throw new UserError('from-address-not-found', `There is no from address "${id}".`, { status: 404 });
}
