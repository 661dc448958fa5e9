import type { ServerResponse } from 'node:http';
import Type from 'typebox';
import type { BacktestBody, BacktestEvent, Unrecorded } from '../../../schemas/api/backtest.ts';
import { backtestBodySchema, backtestMailBodySchema, backtestMailSchema } from '../../../schemas/api/backtest.ts';
import { closed } from '../../../schemas/closed.ts';
import { UserError } from '../../../schemas/errors.ts';
import { flowIdSchema } from '../../../schemas/ids.ts';
import type { Comparison, Selection } from '../../backtest/job.ts';
import { calledModules } from '../../flows/called-modules.ts';
import { designers } from '../access.ts';
import { toProblem } from '../problem.ts';
import { route } from '../route.ts';
import type { Services } from '../services.ts';
import { triedFlow } from '../try-flow.ts';
import { maxFlowBytes } from './flows.ts';

const headers = {
  'Content-Type': 'application/x-ndjson; charset=utf-8',
  // nginx would otherwise hold lines back until its buffer is full.
  'X-Accel-Buffering': 'no',
};

export const backtestRoutes = [
  route({
    method: 'post',
    path: '/api/flows/:id/backtest',
    summary: 'Run a draft on mails that came, beside the published version. Nothing is sent, called or written',
    isReading: true,
    access: designers,
    params: closed({ id: flowIdSchema }),
    body: backtestBodySchema,
    maxBytes: maxFlowBytes,
    response: {
      media: 'application/x-ndjson',
      description:
        'One JSON object a line: {"event": "waiting" | "begin" | "mails" | "end" | "error", …}. Leaving ends the backtest',
    },
    async handler({ params, body, caller, services }) {
      const flow = { flow: params.id, user: caller.id, document: body.document };
      const job = {
        comparison: await comparisonOf(services, flow, body.unrecorded),
        selection: selectionOf(body),
      };
      return {
        headers,
        content: (response) => void stream(response, (tell, signal) => services.backtests.run(job, tell, signal)),
      };
    },
  }),
  route({
    method: 'post',
    path: '/api/flows/:id/backtest/:interaction',
    summary: 'Both runs on one mail, as the backtest makes them',
    isReading: true,
    access: designers,
    params: closed({ id: flowIdSchema, interaction: Type.String({ maxLength: 64 }) }),
    body: backtestMailBodySchema,
    maxBytes: maxFlowBytes,
    response: backtestMailSchema,
    async handler({ params, body, caller, services }) {
      const flow = { flow: params.id, user: caller.id, document: body.document };
      const comparison = await comparisonOf(services, flow, body.unrecorded);
      return services.backtests.runOne(comparison, params.interaction);
    },
  }),
];

async function comparisonOf(
  services: Pick<Services, 'flows' | 'settings'>,
  draft: { flow: string; user: string; document: unknown },
  unrecorded: Unrecorded = 'skip',
): Promise<Comparison> {
  const { mailboxes, routes, lists, schedules } = services.settings.read();
  const tried = await triedFlow(services, draft);
  const published = services.flows.published(draft.flow);
  const sides = published === null ? [tried.flow] : [tried.flow, published.flow];
  return {
    draft: tried,
    published,
    modules: calledModules(sides, services.flows.published),
    mailboxes: mailboxes.map(({ id, name, address }) => ({ id, name, address })),
    routes,
    directory: { lists, schedules },
    unrecorded,
  };
}

function selectionOf({ mails = 1_000, of = 'flow', mailbox, route: routeId, from, until }: BacktestBody): Selection {
  return { mails, of, mailbox, route: routeId, from: momentOf(from), until: momentOf(until) };
}

function momentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const moment = Date.parse(text);
  if (!Number.isNaN(moment)) return moment;
  throw new UserError('no-such-moment', `${text} is no moment that there is. Write it as 2026-11-21T08:00:00Z.`, {
    status: 422,
  });
}

/** One event a line. Whoever leaves ends the work. */
async function stream(
  response: ServerResponse,
  work: (tell: (event: BacktestEvent) => void, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const leaving = new AbortController();
  response.on('close', () => leaving.abort());
  response.on('error', () => leaving.abort());
  const tell = (event: BacktestEvent) => {
    if (!leaving.signal.aborted) response.write(`${JSON.stringify(event)}\n`);
  };
  try {
    await work(tell, leaving.signal);
  } catch (thrown) {
    // The status is out already: what went wrong is the last line.
    const { code, detail } = toProblem(thrown).problem;
    tell({ event: 'error', code, detail });
  }
  response.end();
}
