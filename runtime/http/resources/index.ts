import type { Route } from '../route.ts';
import { alarmsRoutes } from './alarms.ts';
import { auditRoutes } from './audit.ts';
import { authorisationsRoutes } from './authorisations.ts';
import { backtestRoutes } from './backtest.ts';
import { casesRoutes } from './cases.ts';
import { conversationsRoutes } from './conversations.ts';
import { domainsRoutes } from './domains.ts';
import { eventsRoutes } from './events.ts';
import { filtersRoutes } from './filters.ts';
import { flowsRoutes } from './flows.ts';
import { fromAddressesRoutes } from './from-addresses.ts';
import { generalRoutes } from './general.ts';
import { graphNotificationsRoutes } from './graph-notifications.ts';
import { interactionsRoutes } from './interactions.ts';
import { ledgerRoutes } from './ledger.ts';
import { listsRoutes } from './lists.ts';
import { mailContentRoutes } from './mail-content.ts';
import { mailboxTruthRoutes } from './mailbox-truth.ts';
import { mailboxesRoutes } from './mailboxes.ts';
import { modulesRoutes } from './modules.ts';
import { openApiRoutes } from './openapi.ts';
import { outboundRoutes } from './outbound.ts';
import { outboundMailboxesRoutes } from './outbound-mailboxes.ts';
import { outboxRoutes } from './outbox.ts';
import { peopleRoutes } from './people.ts';
import { quarantineRoutes } from './quarantine.ts';
import { queuesRoutes } from './queues.ts';
import { repliesRoutes } from './replies.ts';
import { retentionRoutes } from './retention.ts';
import { routesRoutes } from './routes.ts';
import { schedulesRoutes } from './schedules.ts';
import { sessionRoutes } from './session.ts';
import { setupRoutes } from './setup.ts';
import { signInRoutes } from './sign-in.ts';
import { signInProvidersRoutes } from './sign-in-providers.ts';
import { skillsRoutes } from './skills.ts';
import { systemRoutes } from './system.ts';
import { testMailRoutes } from './test-mail.ts';
import { tokensRoutes } from './tokens.ts';
import { trafficRoutes } from './traffic.ts';
import { tryFlowRoutes } from './try-flow.ts';
import { usersRoutes } from './users.ts';

/** The table of routes. A fixed segment stands before a param at the same place, since the first that matches wins. */
export const routes: readonly Route[] = [
  ...setupRoutes,
  ...sessionRoutes,
  ...signInRoutes,
  ...signInProvidersRoutes,
  ...usersRoutes,
  ...tokensRoutes,
  ...auditRoutes,
  ...retentionRoutes,
  ...interactionsRoutes,
  ...mailContentRoutes,
  ...peopleRoutes,
  ...quarantineRoutes,
  ...conversationsRoutes,
  ...repliesRoutes,
  ...queuesRoutes,
  ...outboxRoutes,
  ...ledgerRoutes,
  ...mailboxesRoutes,
  ...filtersRoutes,
  ...graphNotificationsRoutes,
  ...authorisationsRoutes,
  ...mailboxTruthRoutes,
  ...alarmsRoutes,
  ...listsRoutes,
  ...schedulesRoutes,
  ...skillsRoutes,
  ...flowsRoutes,
  ...modulesRoutes,
  ...tryFlowRoutes,
  ...backtestRoutes,
  ...trafficRoutes,
  ...casesRoutes,
  ...domainsRoutes,
  ...routesRoutes,
  ...fromAddressesRoutes,
  ...outboundMailboxesRoutes,
  ...outboundRoutes,
  ...generalRoutes,
  ...systemRoutes,
  ...testMailRoutes,
  ...eventsRoutes,
  ...openApiRoutes(() => routes),
];
