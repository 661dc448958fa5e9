import { createHash } from 'node:crypto';
import type { ListView } from '../../../schemas/api/lists.ts';
import { listBodySchema, listChangeSchema, listsSchema, listViewSchema } from '../../../schemas/api/lists.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { NamedList } from '../../../schemas/named-list.ts';
import { cleanValues } from '../../../schemas/named-list.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { designers, everyRole } from '../access.ts';
import { filtersUsing } from '../filters-using.ts';
import { flowsUsing, usesBy } from '../flows-using.ts';
import { noContent, route } from '../route.ts';
import type { Services } from '../services.ts';

/** 10,000 values of 500 characters of up to 4 bytes fit. */
const maxBytes = 25_165_824;

export const listsRoutes = [
  route({
    method: 'get',
    path: '/api/lists',
    summary: 'Named lists that conditions look values up in, without their values',
    access: everyRole,
    response: listsSchema,
    async handler({ services }) {
      const uses = await usesBy(services.flows, 'lists');
      const current = services.settings.read();
      const items = current.lists.map(({ values, ...list }) => ({
        ...list,
        count: values.length,
        usedBy: uses.get(list.id) ?? [],
        filters: filtersUsing(current, list.id),
      }));
      return { items };
    },
  }),
  route({
    method: 'get',
    path: '/api/lists/:id',
    summary: 'A list with its values',
    access: everyRole,
    response: listViewSchema,
    handler: ({ params, services }) => viewOf(params.id, services),
  }),
  route({
    method: 'post',
    path: '/api/lists',
    summary: 'Add a list; blanks around values, empty and repeated values are left out',
    access: designers,
    body: listBodySchema,
    maxBytes,
    response: listViewSchema,
    status: 201,
    async handler({ body, services }) {
      await services.settings.update((draft) => {
        if (draft.lists.some(({ id }) => id === body.id)) {
          throw new UserError('list-exists', `There is a list "${body.id}" already.`, { status: 409 });
        }
        draft.lists.push({ ...body, values: cleanValues(body.values).values });
      });
      return viewOf(body.id, services);
    },
  }),
  route({
    method: 'patch',
    path: '/api/lists/:id',
    summary: 'Change name, description or all values of a list; flows see the change at once',
    access: designers,
    body: listChangeSchema,
    maxBytes,
    response: listViewSchema,
    async handler({ params, body: { revision, values, ...change }, services }) {
      await services.settings.update((draft) => {
        const list = listIn(draft, params.id);
        if (revision !== undefined && revision !== revisionOf(list)) {
          const message =
            'Somebody else changed the values of this list after you read them. Nothing was saved: read the list again, and put your changes on top.';
          throw new UserError('list-changed', message, { status: 409 });
        }
        Object.assign(list, change, values === undefined ? {} : { values: cleanValues(values).values });
      });
      return viewOf(params.id, services);
    },
  }),
  route({
    method: 'delete',
    path: '/api/lists/:id',
    summary: 'Delete a list that neither a published flow nor a filter uses',
    access: designers,
    response: noContent,
    async handler({ params: { id }, services }) {
      listIn(services.settings.read(), id);
      const flows = await flowsUsing(services.flows, 'lists', id);
      if (flows.length > 0) {
        const message = `Published flows look values up in it: ${flows.join(', ')}. Change them first.`;
        throw new UserError('list-in-use', message, { status: 409 });
      }
      await services.settings.update((draft) => {
        const list = listIn(draft, id);
        refuseFiltering(draft, id);
        draft.lists.splice(draft.lists.indexOf(list), 1);
      });
    },
  }),
];

/** Without its list a filter would let everybody in, or keep nobody out, and say nothing. */
function refuseFiltering(draft: Settings, id: string): void {
  const filters = filtersUsing(draft, id);
  if (filters.length === 0) return;
  const places = filters.map(({ mailbox, name }) => (mailbox === null ? 'Settings, Filters' : `the mailbox ${name}`));
  const message = `Filters look senders up in it: ${places.join(', ')}. Take it out of them first.`;
  throw new UserError('list-in-use', message, { status: 409, data: { filters } });
}

async function viewOf(id: string, { settings, flows }: Services): Promise<ListView> {
  const current = settings.read();
  const list = listIn(current, id);
  const usedBy = (await usesBy(flows, 'lists')).get(id) ?? [];
  return { ...list, revision: revisionOf(list), usedBy, filters: filtersUsing(current, id) };
}

function revisionOf({ values }: NamedList): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}

function listIn(settings: Settings, id: string): NamedList {
  const list = settings.lists.find((candidate) => candidate.id === id);
  if (list === undefined) throw new UserError('list-not-found', `There is no list "${id}".`, { status: 404 });
  return list;
}
