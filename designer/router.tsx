import { createBrowserRouter, type RouteObject } from 'react-router';
import { NotFoundPage } from './pages/NotFoundPage.tsx';
import { PageCrash } from './shell/PageCrash.tsx';
import { SessionGate } from './shell/SessionGate.tsx';

/** Each page is a chunk of its own, so that signing in does not wait for the canvas. */
const pages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('./pages/start/StartPage.tsx')).StartPage }) },
  { path: 'flows', lazy: async () => ({ Component: (await import('./pages/flows/FlowsPage.tsx')).FlowsPage }) },
  {
    path: 'flows/:id',
    lazy: async () => ({ Component: (await import('./pages/flow-editor/FlowEditorPage.tsx')).FlowEditorPage }),
  },
  {
    path: 'flows/:id/history',
    lazy: async () => ({ Component: (await import('./pages/flow-history/FlowHistoryPage.tsx')).FlowHistoryPage }),
  },
  {
    path: 'flows/:id/backtest',
    lazy: async () => ({ Component: (await import('./pages/backtest/BacktestPage.tsx')).BacktestPage }),
  },
  {
    path: 'interactions',
    lazy: async () => ({ Component: (await import('./pages/interactions/InteractionsPage.tsx')).InteractionsPage }),
  },
  {
    path: 'interactions/:id',
    lazy: async () => ({ Component: (await import('./pages/interactions/InteractionPage.tsx')).InteractionPage }),
  },
  { path: 'lists', lazy: async () => ({ Component: (await import('./pages/lists/ListsPage.tsx')).ListsPage }) },
  { path: 'lists/:id', lazy: async () => ({ Component: (await import('./pages/lists/ListPage.tsx')).ListPage }) },
  {
    path: 'schedules',
    lazy: async () => ({ Component: (await import('./pages/schedules/SchedulesPage.tsx')).SchedulesPage }),
  },
  {
    path: 'schedules/:id',
    lazy: async () => ({ Component: (await import('./pages/schedules/SchedulePage.tsx')).SchedulePage }),
  },
  { path: 'queues', lazy: async () => ({ Component: (await import('./pages/queues/QueuesPage.tsx')).QueuesPage }) },
  { path: 'queues/:id', lazy: async () => ({ Component: (await import('./pages/queues/QueuePage.tsx')).QueuePage }) },
  {
    path: 'outbox/:id?',
    lazy: async () => ({ Component: (await import('./pages/outbox/OutboxPage.tsx')).OutboxPage }),
  },
  {
    path: 'mailboxes',
    lazy: async () => ({ Component: (await import('./pages/mailboxes/MailboxesPage.tsx')).MailboxesPage }),
  },
  {
    path: 'mailboxes/new',
    lazy: async () => ({ Component: (await import('./pages/mailboxes/MailboxPage.tsx')).NewMailboxPage }),
  },
  {
    path: 'mailboxes/outbound/new',
    lazy: async () => ({ Component: (await import('./pages/mailboxes/OutboundPage.tsx')).NewOutboundPage }),
  },
  {
    path: 'mailboxes/outbound/:id',
    lazy: async () => ({ Component: (await import('./pages/mailboxes/OutboundPage.tsx')).OutboundPage }),
  },
  {
    path: 'mailboxes/:id',
    lazy: async () => ({ Component: (await import('./pages/mailboxes/MailboxPage.tsx')).MailboxPage }),
  },
  { path: 'routes', lazy: async () => ({ Component: (await import('./pages/routes/RoutesPage.tsx')).RoutesPage }) },
  {
    path: 'routes/new',
    lazy: async () => ({ Component: (await import('./pages/routes/RoutePage.tsx')).NewRoutePage }),
  },
  { path: 'routes/:id', lazy: async () => ({ Component: (await import('./pages/routes/RoutePage.tsx')).RoutePage }) },
  {
    path: 'domains',
    lazy: async () => ({ Component: (await import('./pages/domains/DomainsPage.tsx')).DomainsPage }),
  },
  {
    path: 'domains/:id',
    lazy: async () => ({ Component: (await import('./pages/domains/DomainPage.tsx')).DomainPage }),
  },
  {
    path: 'from-addresses',
    lazy: async () => ({
      Component: (await import('./pages/from-addresses/FromAddressesPage.tsx')).FromAddressesPage,
    }),
  },
  {
    path: 'authorisations',
    lazy: async () => ({
      Component: (await import('./pages/authorisations/AuthorisationsPage.tsx')).AuthorisationsPage,
    }),
  },
  {
    path: 'authorisations/new',
    lazy: async () => ({
      Component: (await import('./pages/authorisations/AuthorisationPage.tsx')).NewAuthorisationPage,
    }),
  },
  {
    path: 'authorisations/:id',
    lazy: async () => ({
      Component: (await import('./pages/authorisations/AuthorisationPage.tsx')).AuthorisationPage,
    }),
  },
  { path: 'alarms', lazy: async () => ({ Component: (await import('./pages/alarms/AlarmsPage.tsx')).AlarmsPage }) },
  {
    path: 'quarantine',
    lazy: async () => ({ Component: (await import('./pages/quarantine/QuarantinePage.tsx')).QuarantinePage }),
  },
  { path: 'ledger', lazy: async () => ({ Component: (await import('./pages/ledger/LedgerPage.tsx')).LedgerPage }) },
  {
    path: 'settings/:section?',
    lazy: async () => ({ Component: (await import('./pages/settings/SettingsPage.tsx')).SettingsPage }),
  },
  {
    path: 'settings/sign-in/new',
    lazy: async () => ({
      Component: (await import('./pages/sign-in-providers/SignInProviderPage.tsx')).NewSignInProviderPage,
    }),
  },
  {
    path: 'settings/sign-in/:id',
    lazy: async () => ({
      Component: (await import('./pages/sign-in-providers/SignInProviderPage.tsx')).SignInProviderPage,
    }),
  },
  { path: '*', element: <NotFoundPage /> },
];

export function createRouter() {
  return createBrowserRouter([
    {
      element: <SessionGate />,
      errorElement: <PageCrash />,
      hydrateFallbackElement: <></>,
      // A page that crashes leaves the frame around it standing.
      children: [{ errorElement: <PageCrash />, children: pages }],
    },
  ]);
}
