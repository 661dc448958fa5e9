import { addressParts } from '../../../schemas/addresses/address.ts';
import { asciiDomain } from '../../../schemas/addresses/ascii-domain.ts';
import { domainBodySchema, domainChangeSchema, domainsSchema, domainViewSchema } from '../../../schemas/api/domains.ts';
import type { Domain } from '../../../schemas/domain.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { checkDomain, enterCheck } from '../../domains/check-domain.ts';
import { makeDkimKey } from '../../domains/dkim-key.ts';
import { administrators, everyRole } from '../access.ts';
import { domainView } from '../domain-views.ts';
import { freeId } from '../free-id.ts';
import { noContent, route } from '../route.ts';
import type { Services } from '../services.ts';

const maxKeys = 4;

export const domainsRoutes = [
  route({
    method: 'get',
    path: '/api/domains',
    summary: 'Domains with the records that they should have, and what the last check found',
    access: everyRole,
    response: domainsSchema,
    handler: ({ services }) => {
      const settings = services.settings.read();
      return { items: settings.domains.map((domain) => domainView(domain, settings)) };
    },
  }),
  route({
    method: 'get',
    path: '/api/domains/:id',
    summary: 'One domain',
    access: everyRole,
    response: domainViewSchema,
    handler: ({ params: { id }, services }) => viewOf(services.settings.read(), id),
  }),
  route({
    method: 'post',
    path: '/api/domains',
    summary: 'Add a domain; a key for its signatures is made with it',
    access: administrators,
    body: domainBodySchema,
    response: domainViewSchema,
    status: 201,
    async handler({ body, services }) {
      const name = asciiOf(body.name);
      const key = await makeDkimKey({ dkim: [] }, services.settings.seal, services.clock.now());
      let id = '';
      const settings = await services.settings.update((draft) => {
        if (draft.domains.some((domain) => domain.name === name)) {
          throw new UserError('domain-exists', `There is a domain "${name}" already.`, { status: 409 });
        }
        id = freeId(name, draft.domains, 'domain');
        const domain: Domain = { id, name, receives: body.receives ?? false, dkim: [key] };
        if (body.mailHost) domain.mailHost = asciiOf(body.mailHost);
        if (body.spf !== undefined) domain.spf = body.spf;
        draft.domains.push(domain);
      });
      return viewOf(settings, id);
    },
  }),
  route({
    method: 'patch',
    path: '/api/domains/:id',
    summary: 'Change a domain; an empty text takes a setting away',
    access: administrators,
    body: domainChangeSchema,
    response: domainViewSchema,
    handler: async ({ params: { id }, body, services }) =>
      viewOf(
        await services.settings.update((draft) => {
          const domain = domainIn(draft, id);
          // What is wanted from now on was never there.
          if (body.spf !== undefined && body.spf !== (domain.spf ?? '')) delete domain.missed?.spf;
          if (body.mailHost !== undefined && body.mailHost !== (domain.mailHost ?? '')) delete domain.missed?.mx;
          if (body.receives !== undefined) domain.receives = body.receives;
          if (body.mailHost === '') delete domain.mailHost;
          else if (body.mailHost !== undefined) domain.mailHost = asciiOf(body.mailHost);
          if (body.spf === '') delete domain.spf;
          else if (body.spf !== undefined) domain.spf = body.spf;
        }),
        id,
      ),
  }),
  route({
    method: 'delete',
    path: '/api/domains/:id',
    summary: 'Delete a domain that no from address is of; its keys are gone for good',
    access: administrators,
    response: noContent,
    async handler({ params: { id }, services }) {
      await services.settings.update((draft) => {
        const domain = domainIn(draft, id);
        const used = draft.fromAddresses.filter(({ address }) => addressParts(address)?.domain === domain.name);
        if (used.length > 0) {
          const message = `From addresses are of it: ${used.map(({ address }) => address).join(', ')}. Delete them first.`;
          throw new UserError('domain-in-use', message, { status: 409 });
        }
        draft.domains.splice(draft.domains.indexOf(domain), 1);
      });
    },
  }),
  route({
    method: 'post',
    path: '/api/domains/:id/check',
    summary: 'Look its records up in the DNS now',
    isReading: true,
    access: administrators,
    response: domainViewSchema,
    async handler({ params: { id }, services }) {
      const check = await checkDomain(domainIn(services.settings.read(), id), services.dns, services.clock.now());
      return viewOf(await services.settings.update((draft) => enterCheck(domainIn(draft, id), check, 'person')), id);
    },
  }),
  route({
    method: 'post',
    path: '/api/domains/:id/dkim',
    summary: 'Make a new key; it signs once its record was seen',
    access: administrators,
    response: domainViewSchema,
    status: 201,
    handler: ({ params: { id }, services }) => addKey(services, id),
  }),
  route({
    method: 'delete',
    path: '/api/domains/:id/dkim/:selector',
    summary: 'Delete a key that is not needed any more',
    access: administrators,
    response: domainViewSchema,
    handler: async ({ params: { id, selector }, services }) =>
      viewOf(
        await services.settings.update((draft) => {
          const domain = domainIn(draft, id);
          if (!domain.dkim.some((key) => key.selector === selector)) {
            throw new UserError('dkim-key-not-found', `The domain has no key "${selector}".`, { status: 404 });
          }
          domain.dkim = domain.dkim.filter((key) => key.selector !== selector);
        }),
        id,
      ),
  }),
];

async function addKey({ settings, clock }: Pick<Services, 'settings' | 'clock'>, id: string) {
  const key = await makeDkimKey(domainIn(settings.read(), id), settings.seal, clock.now());
  const next = await settings.update((draft) => {
    const domain = domainIn(draft, id);
    if (domain.dkim.length >= maxKeys) {
      const message = `A domain has at most ${maxKeys} keys. Delete those that do not sign any more.`;
      throw new UserError('too-many-keys', message, { status: 409 });
    }
    if (domain.dkim.some(({ selector }) => selector === key.selector)) {
      throw new UserError('key-made-meanwhile', 'Somebody made a key at the same time. Load the page anew.', {
        status: 409,
      });
    }
    domain.dkim.push(key);
  });
  return viewOf(next, id);
}

function asciiOf(text: string): string {
  const name = asciiDomain(text);
  if (name !== null) return name;
  throw new UserError('bad-domain', `"${text}" is no domain. Enter one like example.com.`, { status: 422 });
}

function viewOf(settings: Settings, id: string) {
  return domainView(domainIn(settings, id), settings);
}

function domainIn(settings: Settings, id: string): Domain {
  const domain = settings.domains.find((candidate) => candidate.id === id);
  if (domain === undefined) throw new UserError('domain-not-found', `There is no domain "${id}".`, { status: 404 });
  return domain;
}
