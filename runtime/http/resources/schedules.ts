import type { ScheduleView } from '../../../schemas/api/schedules.ts';
import {
  scheduleBodySchema,
  scheduleChangeSchema,
  schedulesSchema,
  scheduleViewSchema,
} from '../../../schemas/api/schedules.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { Schedule } from '../../../schemas/schedule.ts';
import { isWithin } from '../../../schemas/schedule-hours.ts';
import { scheduleIssues } from '../../../schemas/schedule-issues.ts';
import type { Settings } from '../../../schemas/settings.ts';
import { designers, everyRole } from '../access.ts';
import { flowsUsing, usesBy } from '../flows-using.ts';
import { noContent, route } from '../route.ts';
import type { Services } from '../services.ts';

export const schedulesRoutes = [
  route({
    method: 'get',
    path: '/api/schedules',
    summary: 'Schedules that conditions ask about the time',
    access: everyRole,
    response: schedulesSchema,
    async handler({ services }) {
      const { schedules } = services.settings.read();
      return { items: await viewsOf(schedules, services) };
    },
  }),
  route({
    method: 'post',
    path: '/api/schedules',
    summary: 'Add a schedule',
    access: designers,
    body: scheduleBodySchema,
    response: scheduleViewSchema,
    status: 201,
    async handler({ body, services }) {
      refuseMistakes(body);
      await services.settings.update((draft) => {
        if (draft.schedules.some(({ id }) => id === body.id)) {
          throw new UserError('schedule-exists', `There is a schedule "${body.id}" already.`, { status: 409 });
        }
        draft.schedules.push(body);
      });
      return viewOf(body.id, services);
    },
  }),
  route({
    method: 'patch',
    path: '/api/schedules/:id',
    summary: 'Change a schedule; flows see the change at once',
    access: designers,
    body: scheduleChangeSchema,
    response: scheduleViewSchema,
    async handler({ params, body, services }) {
      await services.settings.update((draft) => {
        const schedule = Object.assign(scheduleIn(draft, params.id), body);
        refuseMistakes(schedule);
      });
      return viewOf(params.id, services);
    },
  }),
  route({
    method: 'delete',
    path: '/api/schedules/:id',
    summary: 'Delete a schedule that no published flow uses',
    access: designers,
    response: noContent,
    async handler({ params: { id }, services }) {
      scheduleIn(services.settings.read(), id);
      const flows = await flowsUsing(services.flows, 'schedules', id);
      if (flows.length > 0) {
        const message = `Published flows ask it for the time: ${flows.join(', ')}. Change them first.`;
        throw new UserError('schedule-in-use', message, { status: 409 });
      }
      await services.settings.update(
        (draft) => void draft.schedules.splice(draft.schedules.indexOf(scheduleIn(draft, id)), 1),
      );
    },
  }),
];

async function viewsOf(schedules: readonly Schedule[], { flows, clock }: Services): Promise<ScheduleView[]> {
  const uses = await usesBy(flows, 'schedules');
  const now = new Date(clock.now());
  return schedules.map((each) => ({ ...each, isOpen: isWithin(each, now), usedBy: uses.get(each.id) ?? [] }));
}

async function viewOf(id: string, services: Services): Promise<ScheduleView> {
  const [view] = await viewsOf([scheduleIn(services.settings.read(), id)], services);
  return view ?? missing(id);
}

/** The shape was checked before; what no schema can say is said here. */
function refuseMistakes(schedule: Schedule): void {
  const issues = scheduleIssues(schedule);
  if (issues.length === 0) return;
  const message = `There is something wrong with the schedule. ${issues.map((issue) => issue.message).join(' ')}`;
  throw new UserError('invalid-body', message, { status: 422, data: { issues } });
}

function scheduleIn(settings: Settings, id: string): Schedule {
  return settings.schedules.find((candidate) => candidate.id === id) ?? missing(id);
}

function missing(id: string): never {
  throw new UserError('schedule-not-found', `There is no schedule "${id}".`, { status: 404 });
}
