import { addressParts, enteredAddress, joined } from '../addresses/address.ts';
import { readPattern } from '../addresses/pattern.ts';
import { isTaggable, maxTaggableLocal } from '../addresses/taggable.ts';
import { fromProblem } from '../from-address.ts';
import type { Issue } from '../issue.ts';
import type { Route } from '../route.ts';
import type { Settings } from '../settings.ts';
import { routingTable } from './table.ts';

type Around = Pick<Settings, 'mailboxes' | 'queues' | 'routes' | 'fromAddresses' | 'domains'>;
type Add = (key: string, code: string, message: string) => void;

/** What keeps a route from being saved: paths are relative to it. */
export function routeIssues(route: Route, settings: Around): Issue[] {
  const issues: Issue[] = [];
  const add: Add = (key, code, message) => issues.push({ code, severity: 'error', path: `/${key}`, message });
  const pattern = readPattern(route.pattern);
  if (typeof pattern === 'string') add('pattern', 'bad-pattern', pattern);
  issues.push(...originIssues(route, settings));
  if ((route.flow === undefined) === (route.straight === undefined)) {
    add('flow', 'no-destination', 'A route leads either to a flow or straight to a queue.');
  }
  if (route.straight !== undefined && !settings.queues.some(({ id }) => id === route.straight?.queue)) {
    add('straight', 'unknown-queue', `There is no queue "${route.straight.queue}".`);
  }
  checkSender(route, settings, add);
  checkCopies(route, settings, add);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(route.signature ?? '')) {
    add('signature', 'bad-signature', 'The signature holds control characters. Type it anew.');
  }
  return issues;
}

/** What is wrong with where a route takes mail from, or a question asks about. */
export function originIssues(
  { mailbox: id, folder }: { mailbox?: string | undefined; folder?: string | undefined },
  { mailboxes }: Pick<Around, 'mailboxes'>,
): Issue[] {
  const issue = (key: string, code: string, message: string): Issue[] => [
    { code, severity: 'error', path: `/${key}`, message },
  ];
  const mailbox = mailboxes.find((each) => each.id === id);
  if (id !== undefined && mailbox === undefined)
    return issue('mailbox', 'unknown-mailbox', `There is no mailbox "${id}".`);
  if (folder === undefined) return [];
  if (mailbox === undefined)
    return issue('folder', 'folder-without-mailbox', 'A folder needs the mailbox that it is in.');
  if (mailbox.folders.includes(folder)) return [];
  const folders = mailbox.folders.length === 0 ? 'none' : mailbox.folders.join(', ');
  const message = `The mailbox "${mailbox.name}" does not take "${folder}". It takes: ${folders}.`;
  return issue('folder', 'unknown-folder', message);
}

function checkSender(route: Route, { fromAddresses, domains, routes }: Around, add: Add): void {
  if (route.from !== undefined) {
    const from = fromAddresses.find(({ id }) => id === route.from);
    if (from === undefined) add('from', 'unknown-from-address', `There is no from address "${route.from}".`);
    else {
      const problem = fromProblem(from.address, domains);
      if (problem !== null) add('from', 'unverified-domain', problem);
    }
  }
  checkToken(route, routes, add);
  if (route.replyTo === undefined) return;
  const target = routes.find(({ id }) => id === route.replyTo);
  const pattern = target === undefined ? '' : readPattern(target.pattern);
  if (typeof pattern === 'string') add('replyTo', 'unknown-route', `There is no route "${route.replyTo}".`);
  else if (pattern.exact === null) {
    add('replyTo', 'no-one-address', `"${pattern.text}" is no single address, so no answer can be sent to it.`);
  }
}

function checkToken({ replyToken, replyTo, pattern }: Route, routes: Around['routes'], add: Add): void {
  if (replyToken !== true) return;
  const base = replyTo === undefined ? pattern : routes.find(({ id }) => id === replyTo)?.pattern;
  if (base === undefined || isTaggable(base.trim())) return;
  add(
    'replyToken',
    'no-room-for-token',
    `"${base}" can carry no token: it must be one address without a plus, with at most ${maxTaggableLocal} characters before the @. Choose another route under "Replies go to".`,
  );
}

function checkCopies(route: Route, { routes }: Around, add: Add): void {
  const seen = new Set<string>();
  for (const text of route.bcc ?? []) {
    const address = enteredAddress(text);
    const parts = address === null ? null : addressParts(address);
    if (parts === null) {
      add('bcc', 'bad-address', `"${text}" is no address that a copy can be sent to.`);
      continue;
    }
    if (seen.has(joined(parts))) add('bcc', 'twice', `${text} stands twice.`);
    seen.add(joined(parts));
    const ours = routes.find((each) => {
      const pattern = readPattern(each.pattern);
      return typeof pattern !== 'string' && pattern.kind !== 'any' && pattern.fit(parts) !== null;
    });
    if (ours !== undefined) {
      add(
        'bcc',
        'copy-to-ourselves',
        `The route "${ours.name || ours.pattern}" takes ${text}: each copy would come back as a new mail.`,
      );
    }
  }
}

/** What is wrong with a stored route, the reasons for which it takes no mail included. */
export function routeProblems(route: Route, settings: Around, publishedFlows: ReadonlySet<string>): Issue[] {
  const issues = routeIssues(route, settings);
  const add = (key: string, code: string, message: string) =>
    issues.push({ code, severity: 'warning', path: `/${key}`, message });
  for (const key of ['flow', 'spamFlow'] as const) {
    const flow = route[key];
    if (flow !== undefined && !publishedFlows.has(flow)) {
      add(key, 'flow-not-published', `The flow "${flow}" is not published: mail waits for a person.`);
    }
  }
  const mailbox = settings.mailboxes.find(({ id }) => id === route.mailbox);
  if (mailbox !== undefined && !mailbox.enabled) {
    add('mailbox', 'mailbox-off', `The mailbox "${mailbox.name}" is switched off: no mail comes by this route.`);
  }
  const { rules } = routingTable(settings.routes);
  const rule = rules.find((each) => each.route.id === route.id);
  const before = rules.find(
    (each) =>
      rule !== undefined &&
      each.position < rule.position &&
      each.pattern.text === rule.pattern.text &&
      each.route.mailbox === route.mailbox &&
      each.route.folder === route.folder,
  );
  if (before !== undefined) {
    const name = before.route.name || before.route.pattern;
    add('pattern', 'never-reached', `Never reached: "${name}" takes the same mail and stands above it.`);
  }
  return issues;
}
