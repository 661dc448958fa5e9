import { auditPageSchema, auditQuerySchema } from '../../../schemas/api/audit.ts';
import { administrators } from '../access.ts';
import { route } from '../route.ts';

export const auditRoutes = [
  route({
    method: 'get',
    path: '/api/audit',
    summary: 'Who changed what, from what to what, newest first',
    access: administrators,
    query: auditQuerySchema,
    response: auditPageSchema,
    handler: ({ query, services }) => services.audit.page(query),
  }),
];
