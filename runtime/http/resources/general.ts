import type { GeneralSettings } from '../../../schemas/api/system.ts';
import { generalSettingsSchema } from '../../../schemas/api/system.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { administrators } from '../access.ts';
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
          draft.outgoingAllow = body.outgoingAllow;
          Object.assign(draft.budgets, body.budgets);
        }),
      ),
  }),
];

function generalOf({ budgets, outgoingAllow }: Settings): GeneralSettings {
  return { budgets, outgoingAllow };
}
