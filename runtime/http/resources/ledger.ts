import { ledgerPageSchema, ledgerQuerySchema } from '../../../schemas/api/ledger.ts';
import { listLedger } from '../../intake/ledger.ts';
import { everyRole } from '../access.ts';
import { route } from '../route.ts';

export const ledgerRoutes = [
  route({
    method: 'get',
    path: '/api/ledger',
    summary: 'Every server message ever seen and its state, newest first, with the counts of all states',
    access: everyRole,
    query: ledgerQuerySchema,
    response: ledgerPageSchema,
    handler: ({ query, services }) => listLedger(services.store.read, query),
  }),
];
