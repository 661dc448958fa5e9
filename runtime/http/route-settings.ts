import type { ExplainBody, Explanation, RouteBody, RouteChange, Routes, RouteView } from '../../schemas/api/routes.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Issue } from '../../schemas/issue.ts';
import type { Route } from '../../schemas/route.ts';
import { explainRoutes } from '../../schemas/routing/explain.ts';
import { originIssues, routeIssues, routeProblems } from '../../schemas/routing/route-issues.ts';
import type { Settings } from '../../schemas/settings.ts';
import { freeId } from './free-id.ts';
import { enableRouted } from './mailbox-settings.ts';
import type { Services } from './services.ts';

type Needed = Pick<Services, 'settings' | 'flows'>;

export function listRoutes({ settings, flows }: Needed): Routes {
  const current = settings.read();
  const published = publishedFlows(current.routes, flows);
  return {
    items: current.routes.map((each) => ({ ...each, problems: routeProblems(each, current, published) })),
    ...current.routing,
  };
}

/** @throws UserError `route-not-found` (404). */
export function viewRoute({ settings, flows }: Needed, id: string): RouteView {
  const current = settings.read();
  const found = routeIn(current, id);
  return { ...found, problems: routeProblems(found, current, publishedFlows([found], flows)) };
}

/** Which route an address would take, and why. Throws UserError `invalid-body` (422) for a mailbox or folder that is none. */
export function explain({ settings }: Pick<Needed, 'settings'>, body: ExplainBody): Explanation {
  const current = settings.read();
  refuse(originIssues(body, current), 'There is no way to tell.');
  return explainRoutes(current.routes, body);
}

/** Whoever leads mail from a mailbox to somewhere means it to come. */
async function changeRoutes(settings: Needed['settings'], change: (draft: Settings) => void): Promise<void> {
  await settings.update((draft) => {
    const before = [...draft.routes];
    change(draft);
    enableRouted(draft.mailboxes, before, draft.routes);
  });
}

/** Returns its id. Throws UserError `route-exists` (409), `invalid-body` (422). */
export async function addRoute({ settings }: Needed, { id: wanted, ...body }: RouteBody): Promise<string> {
  let id = '';
  await changeRoutes(settings, (draft) => {
    id = wanted ?? freeId(body.name ?? body.pattern, draft.routes, 'route');
    if (draft.routes.some((each) => each.id === id)) {
      throw new UserError('route-exists', `There is a route "${id}" already.`, { status: 409 });
    }
    const added = { id, ...body };
    draft.routes.push(added);
    refuse(routeIssues(added, draft));
  });
  return id;
}

export async function changeRoute({ settings }: Needed, id: string, change: RouteChange): Promise<void> {
  await changeRoutes(settings, (draft) => {
    const index = draft.routes.indexOf(routeIn(draft, id));
    const merged = { ...draft.routes[index], ...change };
    // What is left has the types of a route: only its own settings can be null in a change, and those are taken out here.
    const next = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as Route;
    draft.routes[index] = next;
    // Switching a broken route off or on must work; a broken one only takes no mail.
    if (Object.keys(change).some((key) => key !== 'enabled')) refuse(routeIssues(next, draft));
  });
}

export async function removeRoute({ settings }: Needed, id: string): Promise<void> {
  await settings.update((draft) => {
    const route = routeIn(draft, id);
    const user = draft.routes.find((each) => each.replyTo === id && each.id !== id);
    if (user !== undefined) {
      const message = `Answers of the route "${user.name || user.pattern}" go to it. Change that one first.`;
      throw new UserError('route-in-use', message, { status: 409 });
    }
    draft.routes.splice(draft.routes.indexOf(route), 1);
  });
}

export async function replaceRoutes({ settings }: Needed, items: readonly Route[]): Promise<void> {
  await changeRoutes(settings, (draft) => {
    draft.routes = [...items];
    refuse(
      items.flatMap((entry, index) =>
        routeIssues(entry, draft).map((issue) => ({ ...issue, path: `/items/${index}${issue.path}` })),
      ),
    );
  });
}

/** @throws UserError `routes-changed` (409) where somebody added or deleted one meanwhile. */
export async function moveRoutes({ settings }: Needed, ids: readonly string[]): Promise<void> {
  await settings.update((draft) => {
    const byId = new Map(draft.routes.map((each) => [each.id, each]));
    const ordered = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
    if (ordered.length !== draft.routes.length || ids.length !== ordered.length) {
      throw new UserError('routes-changed', 'Somebody added or deleted a route meanwhile. Load the list anew.', {
        status: 409,
      });
    }
    draft.routes = ordered;
  });
}

function refuse(issues: readonly Issue[], summary = 'There is something wrong with the route.'): void {
  if (issues.length === 0) return;
  const message = `${summary} ${issues.map((issue) => issue.message).join(' ')}`;
  throw new UserError('invalid-body', message, { status: 422, data: { issues } });
}

function publishedFlows(routes: readonly Route[], flows: Needed['flows']): Set<string> {
  const named = new Set(routes.flatMap(({ flow, spamFlow }) => [flow ?? [], spamFlow ?? []].flat()));
  return new Set([...named].filter((id) => flows.published(id) !== null));
}

function routeIn(settings: Settings, id: string): Route {
  const route = settings.routes.find((candidate) => candidate.id === id);
  if (route === undefined) throw new UserError('route-not-found', `There is no route "${id}".`, { status: 404 });
  return route;
}
