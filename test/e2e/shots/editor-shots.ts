import type { Page } from 'playwright-core';
import { all, click, fill, press, type Shot, see } from './shot.ts';

const support = '/flows/support';

/** Each form of the inspector, by the action that has it. */
const forms: readonly (readonly [string, string])[] = [
  ['decision', 'action=contract'],
  ['switch', 'action=topic'],
  ['set-priority', 'action=raise'],
  ['update-data', 'action=remember'],
  ['data-action', 'action=classify'],
  ['auto-response', 'action=ack'],
  ['loop', 'action=each-file'],
  ['call-task', 'action=thank'],
  ['call-flow', 'action=fraud'],
  ['transfer', 'action=to-contract'],
  ['disconnect', 'action=drop'],
  ['task', 'task=thank&action=answer'],
];

const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
const tried = (subject: string) =>
  all(press('t'), fill('Subject', subject), click('Try it'), see('Waits in'), press('.'), press('.'));

async function openContextMenu(page: Page): Promise<void> {
  await page.getByRole('group', { name: 'Urgent?', exact: true }).click({ button: 'right' });
}

async function insertOnConnection(page: Page): Promise<void> {
  // It shows on hovering its connection, which is a thin line.
  await page
    .getByRole('button', { name: /^Insert an action between Urgent\?/ })
    .first()
    .dispatchEvent('click');
}

async function stallBacktest(page: Page): Promise<void> {
  // Never answered: what is seen is the moment before the first mails are done.
  await page.route('**/api/flows/support/backtest', () => {});
  await click('Run the backtest')(page);
  await page.getByRole('button', { name: /Cancel|Stop/ }).waitFor();
}

export const emptyEditorShots: readonly Shot[] = [
  { name: 'empty-editor', at: '/flows/support' },
  {
    name: 'empty-try-past',
    at: '/flows/support',
    prepare: all(press('t'), (page) => page.getByText('Past mail').click()),
  },
];

/** The editor in every state of its panels, on the flows of the desk. */
export const editorShots: readonly Shot[] = [
  { name: 'editor', at: support },
  { name: 'editor-nothing-drawn', at: '/flows/newsletter' },
  ...forms.map(([name, query]) => ({ name: `form-${name}`, at: `${support}?${query}`, isOfPanels: true as const })),
  { name: 'form-long-list', at: `${support}?action=topic`, isOfPanels: true, prepare: click(/Edit as a list/) },
  { name: 'form-several', at: support, prepare: press('Control+a') },
  {
    name: 'form-completion',
    at: `${support}?action=ack`,
    isOfPanels: true,
    prepare: async (page) => {
      await inspector(page).getByRole('textbox', { name: 'Subject', exact: true }).click();
      await page.keyboard.press('End');
      await page.keyboard.press('Control+Space');
      await page.getByRole('option').first().waitFor();
    },
  },
  { name: 'template-preview', at: `${support}?action=ack`, isOfPanels: true, prepare: click('Preview with a mail') },
  { name: 'editor-problems', at: '/flows/press', prepare: click(/^Problems:/) },
  { name: 'form-problems', at: '/flows/press?action=answer' },
  { name: 'command-palette', at: support, isOfPanels: true, prepare: press('Control+k') },
  { name: 'shortcuts', at: support, isOfPanels: true, prepare: press('?') },
  { name: 'find', at: support, prepare: all(press('Control+f'), fill('Find in the flow', 'priority')) },
  { name: 'replace-type', at: `${support}?action=urgent`, isOfPanels: true, prepare: press('r') },
  { name: 'insert-on-connection', at: support, prepare: all(press('f'), insertOnConnection) },
  { name: 'card-menu', at: support, prepare: all(press('f'), openContextMenu) },
  { name: 'flow-menu', at: support, isOfPanels: true, prepare: click('More') },
  { name: 'try', at: support, isOfPanels: true, prepare: press('t') },
  {
    name: 'try-past',
    at: support,
    isOfPanels: true,
    prepare: all(press('t'), (page) => page.getByText('Past mail').click()),
  },
  { name: 'try-steps', at: support, prepare: tried('Invoice 4711') },
  {
    name: 'try-variables',
    at: support,
    isOfPanels: true,
    prepare: all(tried('Invoice 4711'), click('Variables', 'tab')),
  },
  { name: 'try-mail', at: support, isOfPanels: true, prepare: all(tried('Invoice 4711'), click('Mail', 'tab')) },
  { name: 'keep-case', at: support, isOfPanels: true, prepare: all(tried('Invoice 4711'), click('Keep as a case')) },
  { name: 'cases', at: support, isOfPanels: true, prepare: all(press('Shift+T'), see(/cases? (differ|pass)/)) },
  { name: 'traffic', at: support, prepare: all(press('h'), see(/mails? through version/)) },
  { name: 'publish', at: support, isOfPanels: true, prepare: all(click('Publish'), see('What changes')) },
  { name: 'published-over', at: '/flows/returns' },
  { name: 'merge', at: '/flows/returns', prepare: all(click('Merge'), see('to choose')) },
  { name: 'restore', at: `${support}?restore=1`, isOfPanels: true, prepare: see('Restore version 1') },
  { name: 'history', at: `${support}/history` },
  { name: 'version', at: `${support}?version=2` },
  { name: 'version-form', at: `${support}?version=2&action=to-contract`, isOfPanels: true },
  { name: 'backtest', at: `${support}/backtest` },
  { name: 'backtest-running', at: `${support}/backtest`, prepare: stallBacktest },
  {
    name: 'backtest-done',
    at: `${support}/backtest`,
    prepare: all(click('Run the backtest'), see(/mails end/)),
  },
  {
    name: 'backtest-both-ways',
    at: `${support}/backtest`,
    prepare: async (page) => {
      await all(click('Run the backtest'), see(/mails end/))(page);
      await page
        .getByRole('table', { name: 'Mails by ending before and ending in the draft' })
        .getByRole('button')
        .first()
        .click();
      await page.getByRole('table', { name: 'Mails', exact: true }).getByRole('button').first().click();
      await page.getByRole('dialog').getByRole('region').first().waitFor();
    },
  },
];
