import type { TryResult } from '../../schemas/api/flows.ts';
import type { Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Effect } from '../../schemas/run.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import { runFlow } from '../engine/run-flow.ts';
import { boundedJson } from '../flows/drafts.ts';
import { getInteraction, getInteractionSource } from '../intake/interactions.ts';
import { chooseRoute, recipientsOf } from '../intake/route.ts';
import { fromAddress, ownAddresses } from '../outbound/own-addresses.ts';
import { rules } from '../outbound/rules/index.ts';
import type { Services } from './services.ts';

type Needed = Pick<Services, 'settings' | 'flows' | 'checkFlow' | 'parser' | 'engine' | 'clock' | 'store'>;

/** A mail to try a flow on; what a stored one is known to have come by is used again. */
interface TriedMail {
  bytes: Uint8Array;
  stored?: { id: string; mailbox: string; receivedAt: string; envelope?: { from: string; to: string[] } };
}

interface Trial {
  flow: string;
  /** Whose draft is meant where no document is given. */
  user: string;
  mail: TriedMail;
  document: unknown;
}

/**
 * Runs a flow on a mail as if it came now. Effects are shown and not done, but data actions call out, since a flow cannot be judged without
 * their answers. A document may have errors as long as its shape can be read: the run then shows where they strike.
 */
export async function tryFlow(services: Needed, trial: Trial): Promise<TryResult> {
  const { flow, version } = await flowOf(services, trial);
  const settings = services.settings.read();
  const { bytes, stored } = trial.mail;
  const email = await services.parser.parse(bytes, {
    own: { addresses: [...ownAddresses(settings)], installation: settings.installation },
    ...(stored?.envelope === undefined ? {} : { envelope: stored.envelope }),
  });
  const way = wayOf(settings, flow.id, email, stored);
  const run = await runFlow(
    flow,
    email,
    {
      interactionId: stored?.id ?? 'try',
      receivedAt: stored?.receivedAt ?? new Date(services.clock.now()).toISOString(),
      mailbox: { id: way.mailbox?.id ?? '', name: way.mailbox?.name ?? '', address: way.mailbox?.address ?? '' },
      route: way.route,
      version,
    },
    services.engine,
  );
  return { email, run: { ...run, effects: run.effects.map((effect) => judged(effect, email, settings, way.mailbox)) } };
}

/** The source of an interaction's mail with what is known of its arrival. Throws UserError `interaction-not-found` (404). */
export async function storedMail({ store }: Pick<Services, 'store'>, id: string): Promise<TriedMail> {
  const { mailbox, receivedAt } = await getInteraction(store.read, id);
  const row = await store.read.selectFrom('ledger').select('envelope').where('interaction', '=', id).executeTakeFirst();
  const envelope = row?.envelope == null ? {} : { envelope: JSON.parse(row.envelope) };
  return { bytes: await getInteractionSource(store.read, id), stored: { id, mailbox, receivedAt, ...envelope } };
}

async function flowOf(services: Needed, trial: Trial): Promise<{ flow: Flow; version: number | null }> {
  const draft = trial.document === undefined ? await services.flows.draft(trial.flow, trial.user) : null;
  const published = services.flows.published(trial.flow);
  if (draft !== null && draft.updatedAt === null && published !== null) return published;
  const document = draft === null ? trial.document : draft.document;
  boundedJson(document);
  const { flow, issues } = services.checkFlow(document);
  if (flow !== null) return { flow, version: null };
  const message = 'The flow cannot be read, so it cannot be tried. Mend what the problems name first.';
  throw new UserError('flow-has-errors', message, { status: 422, data: { issues } });
}

/** Mailbox and route by which such a mail would come to this flow; where none leads to it, the mail's own recipient stands in. */
function wayOf(settings: Settings, flow: string, email: Email, stored: TriedMail['stored']) {
  const recipients = recipientsOf(email, stored?.envelope);
  const origin = settings.mailboxes.filter((mailbox) => stored === undefined || mailbox.id === stored.mailbox);
  const routes = settings.routes.filter((route) => route.flow === flow);
  const ways = origin.map((mailbox) => ({ mailbox, chosen: chooseRoute(routes, mailbox, recipients) }));
  const way = ways.find(({ chosen }) => chosen !== null) ?? ways[0];
  return {
    mailbox: way?.mailbox,
    route: {
      id: way?.chosen?.route.id ?? '',
      address: way?.chosen?.address ?? recipients[0] ?? way?.mailbox.address ?? '',
    },
  };
}

/** The guard's word without its budgets: those count what was sent, and here nothing is. */
function judged(effect: Effect, email: Email, settings: Settings, mailbox: Mailbox | undefined): Effect {
  const from = mailbox === undefined ? '' : fromAddress(settings, mailbox, email).address;
  for (const rule of rules) {
    const reason = rule({ effect, email, own: ownAddresses(settings), from });
    if (reason !== null) return { ...effect, allowed: false, reason };
  }
  return { ...effect, allowed: true, reason: '' };
}
