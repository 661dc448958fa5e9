import { asciiDomain } from '../../../schemas/addresses/ascii-domain.ts';
import type { GeneralSettings } from '../../../schemas/api/system.ts';
import { generalSettingsSchema } from '../../../schemas/api/system.ts';
import { receivedDomains } from '../../../schemas/domain.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { administrators } from '../access.ts';
import { freeId } from '../free-id.ts';
import { route } from '../route.ts';

export const generalRoutes = [
  route({
    method: 'get',
    path: '/api/settings',
    summary: 'Budgets of auto-responses, private addresses that data actions may reach',
    access: administrators,
    response: generalSettingsSchema,
    handler: ({ services }) => generalOf(services.settings.read()),
  }),
  route({
    method: 'put',
    path: '/api/settings',
    summary: 'Replace the general settings',
    access: administrators,
    body: generalSettingsSchema,
    response: generalSettingsSchema,
    handler: async ({ body, services }) =>
      generalOf(
        await services.settings.update((draft) => {
          const { receiver, budgets, outgoingAllow } = body;
          draft.outgoingAllow = outgoingAllow;
          Object.assign(draft.budgets, budgets);
          receiveFor(draft, receiver.domains);
        }),
      ),
  }),
];

function generalOf(settings: Settings): GeneralSettings {
  const { budgets, outgoingAllow } = settings;
  return { receiver: { domains: receivedDomains(settings) }, budgets, outgoingAllow };
}

function receiveFor(draft: Settings, names: readonly string[]): void {
  const wanted = new Set(
    names.map((text) => {
      const name = asciiDomain(text);
      if (name === null) throw new UserError('bad-domain', `"${text}" is no domain.`, { status: 422 });
      return name;
    }),
  );
  for (const domain of draft.domains) domain.receives = wanted.has(domain.name);
  for (const name of wanted) {
    if (draft.domains.some((domain) => domain.name === name)) continue;
    draft.domains.push({ id: freeId(name, draft.domains, 'domain'), name, receives: true, dkim: [] });
  }
}
