import type { Flow } from '../../schemas/flow.ts';
import type { Services } from './services.ts';

/** Names of the published flows that can send a mail to the queue, by an action or as their fallback. */
export async function flowsUsingQueue(
  flows: Pick<Services['flows'], 'list' | 'published'>,
  queue: string,
): Promise<string[]> {
  // Nobody's drafts are asked for: only what runs counts.
  const summaries = await flows.list('');
  return summaries
    .filter(({ id }) => {
      const flow = flows.published(id)?.flow;
      return flow !== undefined && uses(flow, queue);
    })
    .map((summary) => summary.name);
}

function uses(flow: Flow, queue: string): boolean {
  return (
    flow.fallback.queue === queue ||
    Object.values(flow.actions).some((action) => action.type === 'transfer-to-queue' && action.settings.queue === queue)
  );
}
