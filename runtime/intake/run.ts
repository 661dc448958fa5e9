import { createHash } from 'node:crypto';
import type { WayTaken } from '../../schemas/api/interactions.ts';
import type { Email } from '../../schemas/email.ts';
import type { Flow } from '../../schemas/flow.ts';
import { type ChosenRoute, chooseRoutes } from '../../schemas/routing/choose.ts';
import { whyTaken } from '../../schemas/routing/explain.ts';
import type { Run } from '../../schemas/run.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { RunContext } from '../engine/run-state.ts';
import type { ParsedMail } from '../mail/parsed-mail.ts';
import { spamHeader } from '../mail/spam.ts';
import type { MailEntry } from './mail-entry.ts';
import { isByEnvelope, recipientsOf } from './route.ts';
import { scopeOfRoute } from './scope-of-route.ts';
import { held, type Settlement, settlementOf, straightTo } from './settlement.ts';

/** Runs a flow on a mail; the engine's `runFlow` with its ports already given. */
export type RunPublished = (flow: Flow, email: Email, context: RunContext) => Promise<Run>;

/** A settlement, and the interaction that it becomes. */
export interface InteractionSettlement {
  interaction: string;
  settlement: Settlement;
}

/**
 * Routes a parsed mail and runs its flow; where it goes to several routes, the flow of each, and at least one in every case. Where route
 * or flow is missing the mail is held for a person: none is ever dropped.
 */
export function createRun(deps: {
  settings: { read(): Settings };
  flows: { published(id: string): { flow: Flow; version: number } | null };
  runFlow: RunPublished;
}): (entry: MailEntry, mail: ParsedMail) => Promise<InteractionSettlement[]> {
  async function follow(
    entry: MailEntry,
    mail: ParsedMail,
    interaction: string,
    { route, address }: ChosenRoute,
  ): Promise<Settlement> {
    const settings = deps.settings.read();
    const isSpam = route.spamFlow !== undefined && spamHeader(mail.email.headers) !== null;
    if (route.straight !== undefined && !isSpam) {
      const { queue } = route.straight;
      if (settings.queues.some(({ id }) => id === queue)) return straightTo(route.straight, mail, route.id);
      const reason = `unknown queue: route "${route.id}" names queue "${queue}". Change the route and retry, or route this mail by hand.`;
      return held(reason, mail, { route: route.id });
    }
    const id = (isSpam ? route.spamFlow : route.flow) ?? '';
    const published = deps.flows.published(id);
    if (published === null) {
      return held(
        `flow not published: route "${route.id}" names flow "${id}". Publish it and retry, or route this mail by hand.`,
        mail,
        { route: route.id, flow: id },
      );
    }
    if (published.flow.type === 'module') {
      return held(
        `a module: route "${route.id}" names "${id}", which only other flows can call. Change the route and retry, or route this mail by hand.`,
        mail,
        { route: route.id, flow: id },
      );
    }
    const mailbox = mailboxOf(settings, entry);
    const run = await deps.runFlow(published.flow, mail.email, {
      interactionId: interaction,
      receivedAt: new Date(entry.receivedAt).toISOString(),
      route: scopeOfRoute(settings, route, address),
      mailbox: { id: mailbox.id, name: mailbox.name, address: mailbox.address },
      version: published.version,
    });
    return settlementOf(run, mail, route.id);
  }

  return async (entry, mail) => {
    const { routes, routing, ...settings } = deps.settings.read();
    const recipients = recipientsOf(mail.email, entry.envelope);
    const origin = { mailbox: entry.mailbox, folder: entry.folder };
    const own = mailboxOf(settings, entry).address;
    const isCertain = isByEnvelope(entry.envelope);
    const all = chooseRoutes(routes, { ...origin, recipients, own, isCertain }, routing.destinations);
    const chosen = all.filter(({ route }) => !entry.done.some((done) => done.route === route.id));
    if (chosen.length === 0) {
      const shown = recipients.slice(0, 5).join(', ') || 'no readable recipient';
      const reason = `no route: none matches ${shown}. Add a route and retry, or route this mail by hand.`;
      return [{ interaction: entry.interaction, settlement: held(reason, mail) }];
    }
    return Promise.all(
      chosen.map(async (each, index) => {
        const interaction = index === 0 ? entry.interaction : furtherId(entry.interaction, each.route.id);
        const settlement = await follow(entry, mail, interaction, each);
        return { interaction, settlement: { ...settlement, way: wayOf(each, mail) } };
      }),
    );
  };
}

function wayOf(chosen: ChosenRoute, { email }: ParsedMail): WayTaken {
  const { route, address } = chosen;
  const spam = route.spamFlow === undefined ? null : spamHeader(email.headers);
  const marked = spam === null ? '' : ` Its server marked it as spam (${spam}), so it took the flow for spam.`;
  return { route: route.id, name: route.name || route.pattern, address, why: whyTaken(chosen) + marked };
}

function mailboxOf({ mailboxes }: Pick<Settings, 'mailboxes'>, { mailbox }: MailEntry) {
  return mailboxes.find(({ id }) => id === mailbox) ?? { id: mailbox, name: mailbox, address: '' };
}

/** Crockford's base 32, as in ULIDs. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The id of a further interaction of one mail: sorts beside the first, and is the same again when a crash repeats the run. */
function furtherId(first: string, route: string): string {
  const hash = createHash('sha256').update(`${first} ${route}`).digest();
  return first.slice(0, 14) + Array.from(hash.subarray(0, 12), (byte) => digits[byte % 32]).join('');
}
