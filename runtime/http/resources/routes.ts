import { routesSchema } from '../../../schemas/api/system.ts';
import { UserError } from '../../../schemas/errors.ts';
import type { Issue } from '../../../schemas/issue.ts';
import type { Route, Settings } from '../../../schemas/settings.ts';
import { designers, everyRole } from '../access.ts';
import { route } from '../route.ts';

export const routesRoutes = [
  route({
    method: 'get',
    path: '/api/routes',
    summary: 'Which mail runs which flow',
    access: everyRole,
    response: routesSchema,
    handler: ({ services }) => ({ items: services.settings.read().routes }),
  }),
  route({
    method: 'put',
    path: '/api/routes',
    summary: 'Replace all routes at once',
    access: designers,
    body: routesSchema,
    response: routesSchema,
    async handler({ body, services }) {
      const settings = await services.settings.update((draft) => {
        const issues = body.items.flatMap((entry, index) => issuesOf(entry, index, draft));
        if (issues.length > 0) {
          const message = `There is something wrong with the routes. ${issues.map((issue) => issue.message).join(' ')}`;
          throw new UserError('invalid-body', message, { status: 422, data: { issues } });
        }
        draft.routes = body.items;
      });
      return { items: settings.routes };
    },
  }),
];

/** `*`, `*@domain` or `local@domain`. */
const pattern = /^(\*|(\*|[^\s@*]+)@[^\s@*]+)$/;

function issuesOf(entry: Route, index: number, settings: Settings): Issue[] {
  const issues: Issue[] = [];
  const add = (code: string, key: string, message: string) =>
    issues.push({ code, severity: 'error', path: `/items/${index}/${key}`, message });
  if (!pattern.test(entry.pattern)) {
    add('bad-pattern', 'pattern', `"${entry.pattern}" is neither an address, nor "*@domain", nor "*".`);
  }
  if (entry.mailbox !== undefined && !settings.mailboxes.some((mailbox) => mailbox.id === entry.mailbox)) {
    add('unknown-mailbox', 'mailbox', `There is no mailbox "${entry.mailbox}".`);
  }
  return issues;
}
