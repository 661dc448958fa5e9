import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../runtime/http/resources/index.ts';
import type { Role } from '../../schemas/role.ts';
import { type HttpUnderTest, startHttp } from './support/start-http.ts';

/** Open to everybody on purpose. A route that joins them must be argued for here. */
const publicRoutes = [
  'delete /api/session',
  // The provider sends the browser back here; what counts is the state that the sign-in began with.
  'get /api/authorisations/callback',
  'get /api/openapi.json',
  'get /api/setup',
  // What stands on the sign-in page.
  'get /api/sign-in',
  // A provider sends the browser back here; what counts is the state, the cookie that the sign-in began with, and the provider's proof.
  'get /api/sign-in/callback',
  // Microsoft calls it; what it believes is proved by the secret of a subscription.
  'post /api/graph/notifications/:key',
  'post /api/session',
  'post /api/setup',
  'post /api/sign-in/:id',
];

/** What each role may change; whoever may change something may look at everything. */
const changes: Record<Exclude<Role, 'admin'>, string[]> = {
  viewer: ['post /api/flows/:id/check', 'post /api/routes/explain'],
  agent: [
    'post /api/flows/:id/check',
    'post /api/interactions/:id/claim',
    'post /api/interactions/:id/fetch-rest',
    'post /api/interactions/:id/finish',
    'post /api/interactions/:id/release',
    'delete /api/interactions/:id/reply-draft',
    'delete /api/interactions/:id/reply-files/:file',
    'post /api/interactions/:id/replies',
    'post /api/interactions/:id/reply-files',
    'post /api/interactions/:id/replies/:reply/take-back',
    'put /api/interactions/:id/reply-draft',
    'post /api/interactions/:id/remote-pictures',
    'post /api/interactions/:id/repair',
    'post /api/interactions/:id/merge',
    'post /api/interactions/:id/split',
    'delete /api/interactions/:id',
    'post /api/alarms/:id/acknowledge',
    'post /api/interactions/:id/let-through',
    'post /api/interactions/:id/retry',
    'post /api/interactions/:id/route',
    'post /api/outbox/:id/give-up',
    'post /api/outbox/:id/retry',
    'post /api/queues/:id/claim',
    'post /api/routes/explain',
    'post /api/test-mail',
  ],
  designer: [
    'delete /api/flows/:id/cases/:name',
    'delete /api/flows/:id/draft',
    'delete /api/from-addresses/:id',
    'delete /api/lists/:id',
    'delete /api/routes/:id',
    'delete /api/schedules/:id',
    'patch /api/from-addresses/:id',
    'patch /api/lists/:id',
    'patch /api/routes/:id',
    'patch /api/schedules/:id',
    'post /api/flows',
    'post /api/flows/:id/backtest',
    'post /api/flows/:id/backtest/:interaction',
    'post /api/flows/:id/cases',
    'post /api/flows/:id/cases/:name/rename',
    'post /api/flows/:id/cases/propose',
    'post /api/flows/:id/cases/run',
    'post /api/flows/:id/check',
    'post /api/flows/:id/publish',
    'post /api/flows/:id/preview',
    'post /api/flows/:id/try',
    'post /api/from-addresses',
    'post /api/interactions/:id/claim',
    'post /api/interactions/:id/fetch-rest',
    'post /api/interactions/:id/finish',
    'post /api/interactions/:id/release',
    'delete /api/interactions/:id/reply-draft',
    'delete /api/interactions/:id/reply-files/:file',
    'post /api/interactions/:id/replies',
    'post /api/interactions/:id/reply-files',
    'post /api/interactions/:id/replies/:reply/take-back',
    'put /api/interactions/:id/reply-draft',
    'post /api/interactions/:id/remote-pictures',
    'post /api/interactions/:id/repair',
    'post /api/interactions/:id/merge',
    'post /api/interactions/:id/split',
    'delete /api/interactions/:id',
    'post /api/alarms/:id/acknowledge',
    'post /api/interactions/:id/let-through',
    'post /api/interactions/:id/retry',
    'post /api/interactions/:id/route',
    'post /api/lists',
    'post /api/outbox/:id/give-up',
    'post /api/outbox/:id/retry',
    'post /api/queues/:id/claim',
    'post /api/routes',
    'post /api/routes/explain',
    'post /api/schedules',
    'post /api/test-mail',
    'put /api/flows/:id/cases/:name',
    'put /api/flows/:id/draft',
    'put /api/routes',
    'put /api/routes/order',
  ],
};

/** Read by administrators only: they show how the house is set up, or who may enter it. */
const administratorsRead = [
  'get /api/alarms/settings',
  'get /api/audit',
  'get /api/filters',
  'get /api/mailboxes/:id/filters',
  'get /api/outbound',
  'get /api/retention',
  'get /api/settings',
  'get /api/sign-in-providers',
  'get /api/tokens',
  'get /api/users',
];

const roles: readonly Role[] = ['admin', 'designer', 'agent', 'viewer'];

let http: HttpUnderTest;
const tokens = new Map<Role, string>();
beforeAll(async () => {
  http = await startHttp();
  for (const role of roles) {
    const { json } = await http.admin.post('/api/tokens', { name: role, role });
    tokens.set(role, json.token);
  }
});
afterAll(() => http.stop());

const all = routes.map((route) => ({ name: `${route.method} ${route.path}`, route }));
const guarded = all.filter(({ name }) => !publicRoutes.includes(name));

describe('without a login', () => {
  test.each(guarded)('$name answers 401', async ({ route }) => {
    const answer = await http.browser().call(route.method.toUpperCase(), pathOf(route.path));

    expect(answer.status).toBe(401);
    expect(answer.json.code).toBe('not-logged-in');
  });

  test('only the routes named above are public', () => {
    const open = all.filter(({ route }) => route.access === 'public').map(({ name }) => name);

    expect(open.sort()).toEqual(publicRoutes);
  });
});

describe.each(['viewer', 'agent', 'designer'] as const)('a %s', (role) => {
  test.each(guarded)('is let in or refused as the table above says: $name', async ({ name, route }) => {
    const mayCall = route.method === 'get' ? !administratorsRead.includes(name) : changes[role].includes(name);

    const client = http.withToken(tokens.get(role) ?? '');
    const answer = await client.call(route.method.toUpperCase(), pathOf(route.path));

    expect(answer.status === 403).toBe(!mayCall);
    if (!mayCall) expect(answer.json.code).toBe('not-allowed');
  });
});

test('an administrator may call every route', async () => {
  for (const { name, route } of guarded) {
    const client = http.withToken(tokens.get('admin') ?? '');

    const answer = await client.call(route.method.toUpperCase(), pathOf(route.path));

    expect([name, answer.status === 401 || answer.status === 403]).toEqual([name, false]);
    expect(answer.status).toBeLessThan(500);
  }
});

function pathOf(path: string): string {
  return path.replace(':version', '1').replace(/:\w+/g, 'nothing-by-this-id');
}
