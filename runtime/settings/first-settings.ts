import { randomBytes } from 'node:crypto';
import { usualAlarms, usualReconciliation } from '../../schemas/alarms.ts';
import { noFilters } from '../../schemas/filters.ts';
import { usualRetention } from '../../schemas/retention.ts';
import { type Settings, usualBudgets } from '../../schemas/settings.ts';

/**
 * What Sluice starts with when nothing was ever configured: the sample flow takes mail for support@demo.test from the built-in
 * receiver and outbound mail is captured. The queues are those of the classic support flow, so that it can be drawn at once.
 */
export function firstSettings(): Settings {
  return {
    version: 1,
    installation: randomBytes(8).toString('hex'),
    domains: [{ id: 'demo-test', name: 'demo.test', receives: true, dkim: [] }],
    queues: [
      { id: 'general', name: 'General support' },
      { id: 'priority-support', name: 'Priority support' },
      { id: 'enterprise-support', name: 'Enterprise support' },
      { id: 'billing', name: 'Billing' },
      { id: 'technical-support', name: 'Technical support' },
    ],
    mailboxes: [
      {
        id: 'receiver',
        name: 'receiver',
        description: 'The built-in SMTP receiver',
        type: 'smtp-receiver',
        address: 'support@demo.test',
        enabled: true,
        folders: [],
        pollSeconds: 60,
        maxBytes: 26_214_400,
      },
    ],
    routes: [{ id: 'support', pattern: 'support@demo.test', flow: 'support' }],
    routing: { destinations: 'one' },
    fromAddresses: [],
    lists: [],
    schedules: [],
    authorisations: [],
    filters: noFilters(),
    alarms: usualAlarms(),
    reconciliation: usualReconciliation(),
    retention: usualRetention(),
    outboundMailboxes: [],
    defaultOutbound: null,
    budgets: usualBudgets(),
    outgoingAllow: [],
    users: [],
    deletedUsers: [],
    signInProviders: [],
    localSignIn: true,
    tokens: [],
    loginMoves: {},
  };
}
