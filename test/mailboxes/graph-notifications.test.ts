import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../support/until.ts';
import { type GraphRig, startGraphRig, user } from './graph-rig.ts';

/** Nothing but a notification brings the next look. */
const seldom = { pollMs: 3_600_000 };
const hour = 3_600_000;

let rig: GraphRig;
afterEach(() => rig.stop());

const subscriptions = () => [...rig.graph.subscriptions.all.values()];
const subscribed = () => until('a subscription', () => subscriptions().length > 0 && subscriptions()[0] !== undefined);
const requestsOf = (method: string) =>
  rig.graph.requests.filter((request) => request.startsWith(`${method} /v1.0/subscriptions`)).length;

async function startSubscribed(options: Parameters<typeof startGraphRig>[0] = {}) {
  rig = await startGraphRig({ notified: true, ...options });
  const source = await rig.start({}, seldom);
  await subscribed();
  await until('it is stored', () => rig.farEnd.cursors.has(':subscriptions'));
  const [subscription] = subscriptions();
  if (subscription === undefined) throw new Error('There is no subscription.');
  return { source, subscription };
}

test('new mail is told of at once, over a subscription that gives ids that stay and ends within 60 hours', async () => {
  const { subscription } = await startSubscribed();

  rig.deliver('At once');
  await rig.farEnd.waitForMails(1);

  expect(subscription).toMatchObject({ changeType: 'created', immutable: true, user });
  expect(subscription.lifecycleNotificationUrl).toBe(subscription.notificationUrl);
  expect(subscription.clientState).toHaveLength(43);
  expect(rig.farEnd.cursors.get(':subscriptions')).not.toContain(subscription.clientState);
  expect((subscription.expiresAt - rig.graph.now()) / hour).toBeCloseTo(60, 1);
  expect(rig.graph.notifier.answers).toEqual([202]);
  expect(rig.farEnd.status.problems).toBeUndefined();
});

test('mail that was told of and is not listed yet is looked for again soon', async () => {
  await startSubscribed();
  rig.graph.moods.lag = 1;
  let looks = 0;
  rig.graph.intercept = ({ url }) => {
    if (url.pathname.endsWith('/delta') && ++looks === 2) rig.graph.moods.lag = 0;
    return undefined;
  };

  rig.deliver('Late in the list');
  await rig.farEnd.waitForMails(1);

  expect(looks).toBeGreaterThanOrEqual(2);
});

describe('what Microsoft tells of the subscription itself', () => {
  test('"missed" brings a look', async () => {
    const { subscription } = await startSubscribed();
    rig.graph.notifier.losing = 1;
    rig.deliver('Unheard');

    rig.graph.notifier.lifecycle(subscription, 'missed');
    await rig.farEnd.waitForMails(1);

    expect(rig.farEnd.subjects()).toEqual(['Unheard']);
  });

  test('"subscriptionRemoved" brings a new one, and a look', async () => {
    const { subscription } = await startSubscribed();
    rig.graph.subscriptions.remove(subscription.id);
    rig.deliver('Unheard');

    rig.graph.notifier.lifecycle(subscription, 'subscriptionRemoved');
    await rig.farEnd.waitForMails(1);
    await until('another one', () => subscriptions().some(({ id }) => id !== subscription.id));
    rig.deliver('Heard');
    await rig.farEnd.waitForMails(2);

    expect(subscriptions()).toHaveLength(1);
  });

  test('"reauthorizationRequired" renews it', async () => {
    const { subscription } = await startSubscribed();
    rig.graph.advance(hour);
    const before = subscription.expiresAt;

    rig.graph.notifier.lifecycle(subscription, 'reauthorizationRequired');
    await until('it is renewed', () => subscription.expiresAt > before);

    expect([requestsOf('POST'), requestsOf('PATCH')]).toEqual([1, 1]);
  });
});

test('a subscription is renewed at half of its life and not before, and made anew where it has gone', async () => {
  const { source, subscription } = await startSubscribed();
  const look = async () => {
    const before = rig.graph.requests.length;
    source.wake();
    await until('a look', () => rig.graph.requests.length > before);
    await rig.graph.notifier.settled();
  };
  rig.graph.advance(29 * hour);
  await look();
  const early = requestsOf('PATCH');
  rig.graph.advance(2 * hour);
  await look();
  await until('it is renewed', () => requestsOf('PATCH') === 1);
  rig.graph.subscriptions.remove(subscription.id);
  rig.graph.advance(31 * hour);
  await look();
  await until('another one', () => subscriptions().some(({ id }) => id !== subscription.id));

  expect(early).toBe(0);
  expect([requestsOf('POST'), requestsOf('PATCH')]).toEqual([2, 2]);
});

test('after a restart the subscription is used on, though its secret itself is kept nowhere', async () => {
  const { source, subscription } = await startSubscribed();
  await source.stop();
  const stored = [...rig.farEnd.cursors.values()].join('\n');

  await rig.start({}, seldom);
  await until('it was looked after', () => requestsOf('PATCH') === 1);
  rig.deliver('After the restart');
  await rig.farEnd.waitForMails(1);

  expect(requestsOf('POST')).toBe(1);
  expect(stored).toContain('stateHash');
  expect(stored).not.toContain(subscription.clientState);
});

test('a shorter life is asked for where Microsoft grants no longer one', async () => {
  await startSubscribed({ longestMinutes: 1_000 });

  const [subscription] = subscriptions();
  const life = (subscription?.expiresAt ?? 0) - rig.graph.now();

  expect(requestsOf('POST')).toBe(3);
  expect(life / hour).toBeCloseTo(15, 1);
});

test('a call with a wrong secret brings no look, and is logged once for many', async () => {
  const { subscription } = await startSubscribed();
  const requests = rig.graph.requests.length;
  const call = (clientState: string | undefined) =>
    fetch(subscription.notificationUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ value: [{ clientState, changeType: 'created', resourceData: { id: 'x' } }] }),
    });

  const statuses = [];
  for (let tries = 0; tries < 5; tries++)
    statuses.push((await call(tries === 0 ? undefined : `guess ${tries}`)).status);
  rig.deliver('Real');
  await rig.farEnd.waitForMails(1);

  expect(statuses).toEqual(Array(5).fill(202));
  // One look, by the real one: the page, the mail, the mark and the page behind it at most.
  expect(rig.graph.requests.length - requests).toBeLessThan(8);
  expect(rig.farEnd.warnings.filter((warning) => warning.includes('wrong secret'))).toHaveLength(3);
});

test('where Microsoft does not reach this server mail comes by the poll, and the page says why', async () => {
  rig = await startGraphRig({ notified: true });
  const notifications = { ...rig.services.notifications, urlFor: () => `${rig.graph.url}/nobody-listens` };
  Object.assign(rig.services, { notifications });
  await rig.start();

  rig.deliver('By the poll');
  await rig.farEnd.waitForMails(1);
  await until('it is said', () => rig.farEnd.status.problems !== undefined);

  expect(rig.farEnd.status.state).toBe('connected');
  expect(rig.farEnd.status.problems?.[0]?.code).toBe('graph-no-notifications');
  expect(requestsOf('POST')).toBe(1);
});

test('a subscription whose state itself was kept, as it once was, is known again and tells of mail', async () => {
  const { source, subscription } = await startSubscribed();
  await source.stop();
  const stored = JSON.parse(rig.farEnd.cursors.get(':subscriptions') ?? '[]');
  const { stateHash: _, ...former } = stored[0];
  rig.farEnd.cursors.set(':subscriptions', JSON.stringify([{ ...former, clientState: subscription.clientState }]));
  await rig.start({}, seldom);

  rig.deliver('Told by the former subscription');
  await rig.farEnd.waitForMails(1);

  expect(subscriptions()).toHaveLength(1);
  expect(rig.graph.notifier.answers).toEqual([202]);
});
