import {
  mailboxTruthSchema,
  reconciliationsSchema,
  reconciliationViewSchema,
} from '../../../schemas/api/mailbox-truth.ts';
import { arrivalsOf, silenceOf } from '../../alarms/arrivals.ts';
import { administrators, everyRole } from '../access.ts';
import { mailboxIn } from '../mailbox-settings.ts';
import { route } from '../route.ts';

export const mailboxTruthRoutes = [
  route({
    method: 'get',
    path: '/api/mailboxes/:id/truth',
    summary: 'How many mails came lately, and how long silence is usual',
    access: everyRole,
    response: mailboxTruthSchema,
    async handler({ params, services: { settings, store, clock } }) {
      const { id } = mailboxIn(settings.read(), params.id);
      const now = clock.now();
      const floorMs = settings.read().alarms.patience.silentMinutes * 60_000;
      const { lastAt, usualMs, limitMs } = await silenceOf(store.read, id, now, floorMs);
      const seconds = (ms: number | null) => (ms === null ? null : Math.round(ms / 1_000));
      return {
        ...(await arrivalsOf(store.read, id, now)),
        lastMailAt: lastAt === null ? null : new Date(Math.min(lastAt, now)).toISOString(),
        usualSilenceSeconds: seconds(usualMs),
        alarmAfterSeconds: seconds(limitMs),
      };
    },
  }),
  route({
    method: 'get',
    path: '/api/mailboxes/:id/reconciliations',
    summary: 'The last comparisons of a mailbox with its server, newest first',
    access: everyRole,
    response: reconciliationsSchema,
    async handler({ params, services }) {
      const { id } = mailboxIn(services.settings.read(), params.id);
      return { items: await services.reconciliation.of(id) };
    },
  }),
  route({
    method: 'post',
    path: '/api/mailboxes/:id/reconciliations',
    summary: 'Compare a mailbox with its server now and take what is missing; the answer does not wait for the result',
    access: administrators,
    response: reconciliationViewSchema,
    status: 202,
    handler: ({ params, services }) =>
      services.reconciliation.begin(mailboxIn(services.settings.read(), params.id), 'by-hand'),
  }),
];
