import type { Page } from 'playwright-core';
import type { Draft } from '../../../schemas/api/flows.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { settled } from './mouse.ts';

/**
 * Seven actions, placed by hand:
 *
 *     ask ─yes─► raise ─► first
 *         ─no──► route ─billing─► bills
 *                      ─default─► rest
 *     alone
 */
const drawnFlow: Omit<Flow, 'id' | 'name'> = {
  type: 'inbound-email',
  fallback: { queue: 'general' },
  entry: 'ask',
  actions: {
    ask: {
      type: 'decision',
      name: 'Urgent?',
      settings: { condition: { contains: [{ var: 'email.subject' }, '[URGENT]'] } },
      next: { yes: 'raise', no: 'route' },
    },
    raise: { type: 'set-priority', name: 'Raise', settings: { priority: 10 }, next: { done: 'first' } },
    first: { type: 'transfer-to-queue', name: 'First line', settings: { queue: 'priority-support' } },
    route: {
      type: 'switch',
      name: 'Route',
      settings: {
        cases: [{ outcome: 'billing', condition: { contains: [{ var: 'email.subject' }, 'invoice'] } }],
      },
      next: { billing: 'bills', default: 'rest' },
    },
    bills: { type: 'transfer-to-queue', name: 'Bills', settings: { queue: 'general' } },
    rest: { type: 'transfer-to-queue', name: 'The rest', settings: { queue: 'general' } },
    alone: { type: 'disconnect', name: 'Alone', settings: { reason: 'nobody comes here' } },
  },
  layout: {
    ask: { x: 0, y: 0 },
    raise: { x: -160, y: 170 },
    first: { x: -160, y: 310 },
    route: { x: 280, y: 170 },
    bills: { x: 140, y: 330 },
    rest: { x: 420, y: 330 },
    alone: { x: -470, y: 170 },
  },
};

/** Puts a flow into the signed-in person's draft and opens it in the editor. */
export async function openDrawn(page: Page, url: string, id: string, flow = drawnFlow): Promise<void> {
  const headers = { origin: url };
  await page.request.post(`${url}/api/flows`, { data: { id, name: id }, headers });
  const { revision } = await draftOf(page, url, id);
  await page.request.put(`${url}/api/flows/${id}/draft`, {
    data: { document: { id, name: id, ...flow }, baseVersion: null, revision },
    headers,
  });
  await page.goto(`/flows/${id}`);
  await untilDrawn(page);
}

/** Resolves when the opened editor stands still, with all that is around its canvas: that comes a moment after it. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.locator('.react-flow__node').first().waitFor();
  await page.getByRole('complementary', { name: 'Inspector' }).locator('fieldset').waitFor();
  await settled(page.locator('.react-flow'));
}

export async function draftOf(page: Page, url: string, id: string): Promise<Draft & { document: Flow }> {
  const answer = await page.request.get(`${url}/api/flows/${id}/draft`);
  // The server keeps what the page sent; the page sends flows.
  return (await answer.json()) as Draft & { document: Flow };
}
