import {
  alarmSettingsBodySchema,
  alarmSettingsViewSchema,
  alarmsPageSchema,
  alarmViewSchema,
  webhookTestSchema,
} from '../../../schemas/api/alarms.ts';
import { UserError } from '../../../schemas/errors.ts';
import { administrators, agents, everyRole } from '../access.ts';
import { route } from '../route.ts';
import type { Services } from '../services.ts';

export const alarmsRoutes = [
  route({
    method: 'get',
    path: '/api/alarms',
    summary: 'Open alarms, and those that were cleared last',
    access: everyRole,
    response: alarmsPageSchema,
    handler: ({ services }) => services.alarms.page(),
  }),
  route({
    method: 'get',
    path: '/api/alarms/settings',
    summary: 'When trouble is an alarm, and where alarms are told',
    access: administrators,
    response: alarmSettingsViewSchema,
    handler: ({ services }) => viewOf(services),
  }),
  route({
    method: 'put',
    path: '/api/alarms/settings',
    summary: 'Replace the settings of alarms; a secret that is left out stays',
    access: administrators,
    body: alarmSettingsBodySchema,
    response: alarmSettingsViewSchema,
    async handler({ body: { patience, webhook }, services }) {
      await services.settings.update((draft) => {
        if (webhook === null) {
          draft.alarms = { patience, webhook };
          return;
        }
        const secret =
          webhook.secret === undefined ? draft.alarms.webhook?.secret : services.settings.seal(webhook.secret);
        if (secret === undefined) {
          const message = 'Enter a secret of at least 16 characters: the receiver checks by it that messages are ours.';
          throw new UserError('secret-needed', message, { status: 422 });
        }
        draft.alarms = { patience, webhook: { url: webhook.url, secret } };
      });
      return viewOf(services);
    },
  }),
  route({
    method: 'post',
    path: '/api/alarms/webhook/test',
    summary: 'Send a test message to the saved webhook and say what it answered',
    access: administrators,
    response: webhookTestSchema,
    handler: ({ services }) => services.webhook.test(),
  }),
  route({
    method: 'post',
    path: '/api/alarms/:id/acknowledge',
    summary: 'Say that somebody looks after an alarm',
    access: agents,
    response: alarmViewSchema,
    handler: ({ params, caller, services }) => services.alarms.acknowledge(params.id, caller.name),
  }),
];

async function viewOf({ settings, webhook }: Services) {
  const { alarms } = settings.read();
  return {
    patience: alarms.patience,
    webhook: alarms.webhook === null ? null : { url: alarms.webhook.url },
    undelivered: await webhook.undelivered(),
  };
}
