import { all, click, fill, type Shot, see } from './shot.ts';

/** Before there is an administrator. */
export const newShots: readonly Shot[] = [{ name: 'set-up', at: '/', isSignedOut: true }];

const lists = [
  'interactions',
  'queues',
  'lists',
  'schedules',
  'outbox',
  'quarantine',
  'ledger',
  'mailboxes',
  'alarms',
  'routes',
  'domains',
  'from-addresses',
  'authorisations',
] as const;
const sections = [
  'outbound',
  'receiver',
  'filters',
  'limits',
  'retention',
  'users',
  'sign-in',
  'tokens',
  'audit',
] as const;

/** An installation right after its first start. */
export const emptyShots: readonly Shot[] = [
  { name: 'sign-in', at: '/', isSignedOut: true },
  {
    name: 'sign-in-refused',
    at: '/',
    isSignedOut: true,
    prepare: all(
      fill('Email', 'ada@demo.test'),
      fill('Password', 'not this one'),
      click('Sign in'),
      see('is not right'),
    ),
  },
  { name: 'empty-start', at: '/' },
  { name: 'empty-flows', at: '/flows' },
  ...lists.map((page) => ({ name: `empty-${page}`, at: `/${page}` })),
  { name: 'empty-queue', at: '/queues/general' },
  ...sections.map((section) => ({ name: `empty-settings-${section}`, at: `/settings/${section}` })),
  { name: 'empty-backtest', at: '/flows/support/backtest' },
  { name: 'empty-history', at: '/flows/support/history' },
  { name: 'no-such-page', at: '/no/such/page' },
  { name: 'no-such-flow', at: '/flows/nothing' },
  { name: 'no-such-mail', at: '/interactions/nothing' },
];

/** An installation at work, but for the editor. */
export const pageShots: readonly Shot[] = [
  { name: 'start', at: '/' },
  { name: 'flows', at: '/flows' },
  { name: 'flow-new', at: '/flows', prepare: click('New flow') },
  { name: 'authorisation-new', at: '/authorisations/new' },
  ...lists.map((page) => ({ name: page, at: `/${page}` })),
  { name: 'interactions-none-found', at: '/interactions?search=nothing+like+that' },
  { name: 'mail-urgent', at: ({ interaction }) => `/interactions/${interaction('Nobody in our office')}` },
  {
    name: 'mail-step',
    at: ({ interaction }) => `/interactions/${interaction('parcel 0034')}`,
    prepare: click(/A customer with a service contract/),
  },
  {
    name: 'mail-html',
    at: ({ interaction }) => `/interactions/${interaction('Spring offers')}`,
    prepare: click('HTML', 'tab'),
  },
  { name: 'mail-attachments', at: ({ interaction }) => `/interactions/${interaction('Export to CSV')}` },
  { name: 'mail-arabic', at: ({ interaction }) => `/interactions/${interaction('سؤال')}` },
  { name: 'mail-long', at: ({ interaction }) => `/interactions/${interaction('RE: RE: FW')}` },
  { name: 'mail-hostile', at: ({ interaction }) => `/interactions/${interaction('<img')}` },
  { name: 'mail-quarantined', at: ({ interaction }) => `/interactions/${interaction('Boxes in boxes')}` },
  {
    name: 'mail-by-hand',
    at: ({ interaction }) => `/interactions/${interaction('Boxes in boxes')}`,
    prepare: click('Route by hand'),
  },
  {
    name: 'mail-answer',
    at: ({ interaction }) => `/interactions/${interaction('Invoice 2026-1187')}`,
    prepare: click('Show what is added below'),
  },
  {
    name: 'mail-answered',
    at: ({ interaction }) => `/interactions/${interaction('Refund for order')}`,
    prepare: click('Show the text'),
  },
  { name: 'queue', at: '/queues/general' },
  {
    name: 'queue-change',
    at: '/queues/billing',
    prepare: all(click('Change or delete the queue'), click('Change', 'menuitem')),
  },
  { name: 'queue-new', at: '/queues', prepare: click('New queue') },
  { name: 'list', at: '/lists/contract-customers' },
  { name: 'list-new', at: '/lists', prepare: click('New list') },
  { name: 'schedule', at: '/schedules/office-hours' },
  { name: 'outbox-answer', at: ({ answer }) => `/outbox/${answer('Export to CSV')}` },
  {
    name: 'outbox-answer-html',
    at: ({ answer }) => `/outbox/${answer('Export to CSV')}`,
    prepare: click('HTML', 'tab'),
  },
  { name: 'outbox-nothing-found', at: '/outbox?search=no%20such%20words' },
  { name: 'outbox-withheld', at: ({ answer }) => `/outbox/${answer('What is new')}` },
  {
    name: 'routes-explained',
    at: '/routes',
    prepare: all(fill('Which route would take an address?', 'support+order-7@demo.test'), see('takes it')),
  },
  { name: 'route', at: '/routes/billing-desk' },
  { name: 'domain', at: '/domains/demo-shop-com' },
  { name: 'from-address-new', at: '/from-addresses', prepare: click('Add an address') },
  { name: 'mailbox', at: '/mailboxes/returns-demo-test' },
  { name: 'mailbox-new', at: '/mailboxes/new' },
  { name: 'outbound-new', at: '/mailboxes/outbound/new' },
  ...sections.map((section) => ({ name: `settings-${section}`, at: `/settings/${section}` })),
  { name: 'token-new', at: '/settings/tokens', prepare: click('Make a token') },
  { name: 'user-menu', at: '/settings/users', prepare: click('What to do with Ben Okafor') },
  { name: 'sign-in-provider', at: '/settings/sign-in/contoso' },
  { name: 'sign-in-provider-new', at: '/settings/sign-in/new' },
  { name: 'sign-in-by-provider', at: '/queues?sign-in-problem=sign-in-no-role', isSignedOut: true },
];
