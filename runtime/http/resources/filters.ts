import {
  allowSenderBodySchema,
  filterTryBodySchema,
  filterTryResultSchema,
  generalFiltersSchema,
} from '../../../schemas/api/filters.ts';
import { interactionSchema } from '../../../schemas/api/interactions.ts';
import { UserError } from '../../../schemas/errors.ts';
import { type FilterRules, filterRulesSchema, noRules } from '../../../schemas/filters.ts';
import { compilePattern } from '../../../schemas/regular-expression.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { getInteraction } from '../../intake/interactions.ts';
import { administrators, agents } from '../access.ts';
import { mailboxIn } from '../mailbox-settings.ts';
import { route } from '../route.ts';
import { tryFilters } from '../try-filters.ts';

/** A thousand senders and keywords of some length. */
const maxBytes = 4_194_304;

export const filtersRoutes = [
  route({
    method: 'get',
    path: '/api/filters',
    summary: 'What is kept away from the flows in every mailbox',
    access: administrators,
    response: generalFiltersSchema,
    handler: ({ services }) => generalOf(services.settings.read()),
  }),
  route({
    method: 'put',
    path: '/api/filters',
    summary: 'Replace the filters of all mailboxes',
    access: administrators,
    body: generalFiltersSchema,
    maxBytes,
    response: generalFiltersSchema,
    async handler({ body: { rules, ...rest }, services: { settings } }) {
      const next = await settings.update((draft) => {
        refuseUnusable(rules, draft);
        draft.filters = { ...draft.filters, ...rest, everywhere: rules };
      });
      return generalOf(next);
    },
  }),
  route({
    method: 'get',
    path: '/api/mailboxes/:id/filters',
    summary: 'What is kept away from the flows in one mailbox, beside the filters of all',
    access: administrators,
    response: filterRulesSchema,
    handler: ({ params, services }) => rulesOf(services.settings.read(), params.id),
  }),
  route({
    method: 'put',
    path: '/api/mailboxes/:id/filters',
    summary: 'Replace the filters of one mailbox',
    access: administrators,
    body: filterRulesSchema,
    maxBytes,
    response: filterRulesSchema,
    async handler({ params, body, services: { settings } }) {
      const next = await settings.update((draft) => {
        const { id } = mailboxIn(draft, params.id);
        refuseUnusable(body, draft);
        draft.filters.mailboxes[id] = body;
      });
      return rulesOf(next, params.id);
    },
  }),
  route({
    method: 'post',
    path: '/api/mailboxes/:id/filters/try',
    summary: 'Say whether the filters would let a mail pass, and why; nothing is changed',
    isReading: true,
    access: administrators,
    body: filterTryBodySchema,
    maxBytes,
    response: filterTryResultSchema,
    handler({ params, body, services }) {
      const { id } = mailboxIn(services.settings.read(), params.id);
      if (body.rules !== undefined) refuseUnusable(body.rules, services.settings.read());
      return tryFilters(services, id, body);
    },
  }),
  route({
    method: 'post',
    path: '/api/mailboxes/:id/filters/allow',
    summary: 'Put a sender on the allow list of one mailbox',
    access: administrators,
    body: allowSenderBodySchema,
    response: filterRulesSchema,
    async handler({ params, body, services }) {
      const next = await services.settings.update((draft) => allowSender(draft, params.id, body.sender));
      return rulesOf(next, params.id);
    },
  }),
  route({
    method: 'post',
    path: '/api/interactions/:id/let-through',
    summary: 'Run the flow on a mail that a filter stopped; the answer does not wait for the run',
    access: agents,
    response: interactionSchema,
    status: 202,
    async handler({ params, caller, services }) {
      await services.intake.retry(params.id, caller.id);
      return getInteraction(services.store.read, params.id);
    },
  }),
];

function generalOf({ filters }: Settings) {
  return { rules: filters.everywhere, trustedServers: filters.trustedServers, confirmDays: filters.confirmDays };
}

function rulesOf(settings: Settings, mailbox: string): FilterRules {
  const { id } = mailboxIn(settings, mailbox);
  const { mailboxes } = settings.filters;
  return (Object.hasOwn(mailboxes, id) ? mailboxes[id] : undefined) ?? noRules();
}

/** What could not be compiled must not be stored: from then on every mail would meet it. */
function refuseUnusable(rules: FilterRules, { lists }: Settings): void {
  for (const { text, isPattern } of rules.keywords) if (isPattern) compilePattern(`(?i)${text}`);
  const unknown = [...rules.allowLists, ...rules.blockLists].find((id) => !lists.some((list) => list.id === id));
  if (unknown !== undefined) {
    throw new UserError('unknown-list', `There is no list "${unknown}": make it, or choose another.`, { status: 422 });
  }
}

function allowSender(draft: Settings, mailbox: string, address: string): void {
  const { id } = mailboxIn(draft, mailbox);
  const rules = rulesOf(draft, id);
  if (!rules.allow.includes(address)) draft.filters.mailboxes[id] = { ...rules, allow: [...rules.allow, address] };
}
