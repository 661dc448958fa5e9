import { everyRole } from '../access.ts';
import { route } from '../route.ts';

const headers = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // nginx would otherwise hold events back until its buffer is full.
  'X-Accel-Buffering': 'no',
};

export const eventsRoutes = [
  route({
    method: 'get',
    path: '/api/events',
    summary: 'Server-sent events named "change": which topic to fetch again, at most a few a second for each',
    access: everyRole,
    response: { media: 'text/event-stream', description: 'data: {"topic": "interactions" | "queues" | ...}' },
    handler: ({ live, auth, client }) => ({
      headers,
      content: (response) => live.open(response, async () => (await auth.identify(client.request)) !== null),
    }),
  }),
];
