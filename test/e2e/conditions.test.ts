import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Draft } from '../../schemas/api/flows.ts';
import type { Logic } from '../../schemas/logic.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { launchBrowser } from './browser.ts';
import { editorOn, signedIn } from './editor-page.ts';

let server: Server;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), launchBrowser()]);
  ({ page, complaints } = await signedIn(browser, server));
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

/** Opens a new flow whose one decision has this condition. */
async function openDecision(id: string, condition: Logic): Promise<void> {
  const headers = { origin: server.url };
  await page.request.post(`${server.url}/api/flows`, { data: { id, name: id }, headers });
  const document = {
    ...(await readDraft(id)),
    entry: 'ask',
    actions: { ask: { type: 'decision', name: 'Ask', settings: { condition } } },
  };
  await page.request.put(`${server.url}/api/flows/${id}/draft`, { data: { document }, headers });
  await page.goto(`/flows/${id}`);
  await editorOn(page).select('ask');
}

async function readDraft(id: string): Promise<Record<string, unknown>> {
  const answer = await page.request.get(`${server.url}/api/flows/${id}/draft`);
  return ((await answer.json()) as Draft).document;
}

async function condition(id: string): Promise<unknown> {
  const { actions } = (await readDraft(id)) as { actions: { ask: { settings: { condition: unknown } } } };
  return actions.ask.settings.condition;
}

async function choose(name: string, option: string, at = 0): Promise<void> {
  await editorOn(page).inspector.getByRole('combobox', { name, exact: true }).nth(at).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('rules are clicked together, compared with each other, moved by keys and by mouse, and taken back', async () => {
  const { inspector } = editorOn(page);
  await openDecision('clicked', { contains: [{ var: 'email.subject' }, 'offer'] });

  await inspector.getByRole('button', { name: 'Rule', exact: true }).click();
  await choose('What to look at', 'sender domain', 1);
  await choose('How to compare', 'is', 1);
  await inspector.getByRole('button', { name: 'Value: a fixed value' }).nth(1).click();
  await page.getByRole('menuitem', { name: 'another field or variable' }).click();
  await choose('Value: field', 'mailbox address');
  await inspector.getByRole('button', { name: 'Group', exact: true }).click();
  await choose('What to look at', 'an attachment’s type', 2);
  await choose('Of how many', 'not one');
  await inspector.getByRole('textbox', { name: 'Value' }).nth(1).fill('application/x-msdownload');

  const offer = { contains: [{ var: 'email.subject' }, 'offer'] };
  const same = { equals: [{ var: 'email.from.domain' }, { var: 'mailbox.address' }] };
  const harmless = {
    none: [{ var: 'email.attachments' }, { contains: [{ var: 'type' }, 'application/x-msdownload'] }],
  };
  await expect.poll(() => condition('clicked')).toEqual({ and: [offer, same, { or: [harmless] }] });

  const handle = inspector.getByRole('button', { name: /^Move this (condition|group)/ });
  await handle.nth(0).press('ArrowDown');
  await expect.poll(() => condition('clicked')).toEqual({ and: [same, offer, { or: [harmless] }] });
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => condition('clicked')).toEqual({ and: [same, { or: [offer, harmless] }] });

  // In order: the first rule, the group, the two rules in it.
  await handle.nth(0).dragTo(handle.nth(3));
  await expect.poll(() => condition('clicked')).toEqual({ and: [{ or: [offer, same, harmless] }] });

  await page.keyboard.press('Control+z');
  await expect.poll(() => condition('clicked')).toEqual({ and: [same, { or: [offer, harmless] }] });
});

test('what no rule can show is told in words and stays as it is while its neighbours change', async () => {
  const { inspector } = editorOn(page);
  const computed: Logic = { '>': [{ '+': [{ var: 'email.size' }, 1] }, { if: [true, 5] }] };
  await openDecision('kept', {
    or: [computed, { '>': [{ var: 'email.size' }, { '*': [2, 3] }] }, { var: 'email.isList' }],
  });

  await inspector.getByText('size in bytes + 1').first().waitFor();
  await choose('How to compare', '<', 0);
  await choose('How to compare', 'no', 1);

  await expect
    .poll(() => condition('kept'))
    .toEqual({ or: [computed, { '<': [{ var: 'email.size' }, { '*': [2, 3] }] }, { '!': [{ var: 'email.isList' }] }] });
});

test('a column of a spreadsheet becomes the values of a condition, and then a list that all flows share', async () => {
  const { inspector } = editorOn(page);
  await openDecision('pasted', { 'in-list': [{ var: 'email.from.address' }, []] });
  const rows = [
    'Name\tMail',
    ...Array.from({ length: 40 }, (_, index) => `Person ${index}\t"p${index}@acme.test"`),
    'Again\tP1@ACME.test',
  ];

  await inspector.getByRole('combobox', { name: 'Values' }).focus();
  await page.evaluate((text) => navigator.clipboard.writeText(text), rows.join('\r\n'));
  await page.keyboard.press('Control+v');
  const dialog = page.getByRole('dialog', { name: 'Values' });
  await dialog.getByText('2 columns were pasted').waitFor();
  await dialog.getByRole('button', { name: 'Add 41 values' }).click();
  await dialog.getByText('Added 40. 1 was a duplicate and is left out.').waitFor();
  await dialog.getByRole('combobox', { name: 'Or use a list' }).click();
  await page.getByRole('option', { name: 'Create a list…' }).click();
  const naming = page.getByRole('dialog', { name: 'New list' });
  await naming.getByRole('textbox', { name: 'Name' }).fill('Important senders');
  await naming.getByRole('textbox', { name: 'Name' }).press('Enter');

  await expect
    .poll(() => condition('pasted'))
    .toEqual({
      'in-list': [{ var: 'email.from.address' }, { list: ['important-senders'] }],
    });
  await openDecision('sharing', { 'in-list': [{ var: 'email.from.address' }, []] });
  await inspector.getByRole('button', { name: 'Value: one of several values' }).click();
  await page.getByRole('menuitem', { name: 'a named list' }).click();
  await choose('List', 'Important senders');
  await expect
    .poll(() => condition('sharing'))
    .toEqual({ 'in-list': [{ var: 'email.from.address' }, { list: ['important-senders'] }] });

  await page.goto('/lists/important-senders');
  await page.getByText('40 values').waitFor();
  await page.getByRole('textbox', { name: 'Search values' }).fill('p39');
  await page.getByText('1 of 40').waitFor();
});

test('a schedule is made from within a condition, painted on its page, and a wrong pattern is named while it is typed', async () => {
  const { inspector } = editorOn(page);
  await openDecision('hours', { contains: [{ var: 'email.subject' }, 'x'] });
  await choose('How to compare', 'matches (regular expression)');
  await inspector.getByRole('textbox', { name: 'Value' }).fill('(unclosed');
  await inspector.getByText('The regular expression cannot be read').waitFor();

  await choose('What to look at', 'time of the run');
  await choose('How to compare', 'is outside the schedule');
  await inspector.getByText('No schedule is chosen yet').waitFor();
  await choose('Schedule', 'Create a schedule…');
  const naming = page.getByRole('dialog', { name: 'New schedule' });
  await naming.getByRole('textbox', { name: 'Name' }).fill('Office');
  await naming.getByRole('textbox', { name: 'Name' }).press('Enter');
  await expect.poll(() => condition('hours')).toEqual({ '!': [{ 'within-schedule': ['office'] }] });

  await page.goto('/schedules/office');
  const saturday = page.getByRole('button', { name: 'Add hours on Saturday' });
  await saturday.click();
  await page.getByRole('textbox', { name: 'Saturday, to' }).fill('13.30');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add a day' }).click();
  await page.getByRole('textbox', { name: 'Name of day 1' }).fill('Holiday');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
  const stored = await (await page.request.get(`${server.url}/api/schedules`)).json();
  expect(stored.items[0]).toMatchObject({
    weekly: { saturday: [{ from: '09:00', to: '13:30' }] },
    dates: [{ name: 'Holiday', hours: [] }],
  });
});

test('a condition stands as a sentence on its card, and its JSON goes back and forth without loss', async () => {
  const { inspector, card } = editorOn(page);
  await openDecision('raw', { contains: [{ var: 'email.subject' }, 'offer'] });
  await card('ask').getByText('subject contains “offer”').waitFor();

  await inspector.getByText('JSON', { exact: true }).click();
  const json = inspector.getByRole('textbox', { name: 'Condition as JSON' });
  const odd: Logic = {
    or: [
      { '<': [1, { '%': [{ var: 'email.size' }, 7] }, 5] },
      { and: [{ '!!': [{ var: 'email.isList' }] }, { if: [{ var: 'flow.none' }, true, false] }] },
      { contains: [{ var: 'email.subject' }, ['offer', 'deal']] },
    ],
  };
  await json.fill('{ "or": [');
  await inspector.getByText('This is not JSON yet').waitFor();
  expect(await condition('raw')).toEqual({ contains: [{ var: 'email.subject' }, 'offer'] });
  await json.fill(JSON.stringify(odd));
  await expect.poll(() => condition('raw')).toEqual(odd);

  await inspector.getByText('Rules', { exact: true }).click();
  await inspector.getByRole('combobox', { name: 'How to compare' }).first().waitFor();
  await inspector.getByText('JSON', { exact: true }).click();
  await expect.poll(async () => JSON.parse(await json.inputValue())).toEqual(odd);
  await card('ask').getByText(/offer/).waitFor();
  await page.keyboard.press('Control+z');
  await inspector.getByText('Rules', { exact: true }).click();
  await page.keyboard.press('Control+z');
  await card('ask').getByText('subject contains “offer”').waitFor();
  await expect.poll(() => condition('raw')).toEqual({ contains: [{ var: 'email.subject' }, 'offer'] });
});

test('a mailbox that a condition asks for is connected without leaving the flow', async () => {
  const { inspector } = editorOn(page);
  await openDecision('by-mailbox', { equals: [{ var: 'mailbox.name' }, ''] });
  await choose('Value', 'Create a mailbox…');
  const dialog = page.getByRole('dialog', { name: 'Connect a mailbox' });
  await dialog.getByLabel('Address').fill('sales@away.test');
  await dialog.getByLabel('IMAP server').fill('127.0.0.1');
  await dialog.getByRole('textbox', { name: 'Port' }).fill('9');
  await dialog.getByRole('textbox', { name: 'Password' }).fill('secret of the mailbox');
  // What was entered is lost to no key alone.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Go on' }).click();
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByRole('button', { name: 'Connect anyway' }).click();
  await dialog.waitFor({ state: 'detached' });

  await expect.poll(() => condition('by-mailbox')).toEqual({ equals: [{ var: 'mailbox.name' }, 'sales@away.test'] });
  const value = inspector.getByRole('combobox', { name: 'Value', exact: true });
  await expect.poll(() => value.inputValue()).toBe('sales@away.test');
});
