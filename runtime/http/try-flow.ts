import type { TryBody, TryResult } from '../../schemas/api/try.ts';
import type { Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Effect } from '../../schemas/run.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';
import { caseAnswers } from '../cases/case-answers.ts';
import { runFlow } from '../engine/run-flow.ts';
import { boundedJson } from '../flows/drafts.ts';
import { wayToFlow } from '../intake/way-to-flow.ts';
import { answerSender, ownAddresses } from '../outbound/own-addresses.ts';
import { rules } from '../outbound/rules/index.ts';
import type { Services } from './services.ts';
import type { TriedMail } from './tried-mail.ts';
import { createTriedServices } from './tried-services.ts';

type Needed = Pick<Services, 'settings' | 'flows' | 'parser' | 'engine' | 'clock'>;

/** What a trial may choose beside the mail. */
type Choices = Pick<TryBody, 'answers' | 'recorded' | 'calls' | 'now' | 'mailbox' | 'folder' | 'address'>;

interface Trial extends Choices {
  flow: string;
  /** Whose draft is meant where no document is given. */
  user: string;
  mail: TriedMail;
  document: unknown;
}

/**
 * Runs a flow on a mail as if it came now, or at the given moment. Effects are shown and not done. Data actions call out unless they are
 * answered by hand or calls are off. A document may have errors as long as its shape can be read: the run then shows where they strike.
 */
export async function tryFlow(services: Needed, trial: Trial): Promise<TryResult> {
  const { flow, version } = await triedFlow(services, trial);
  const settings = services.settings.read();
  const { bytes, stored, envelope, situation } = trial.mail;
  const wantedNow = trial.now ?? situation?.now;
  const parsed = await services.parser.parse(bytes, {
    own: { addresses: [...ownAddresses(settings)], installation: settings.installation },
    ...(envelope === undefined ? {} : { envelope }),
  });
  // What was found out about the sender when the mail came holds for it.
  const email = { ...parsed, authentication: stored?.authentication ?? parsed.authentication };
  const way = wayOf(settings, flow.id, email, trial);
  // A case answers for the services, as it does when it is run.
  const call = situation === undefined ? services.engine.http : caseAnswers(situation);
  const { http, exchanges } = createTriedServices(call, trial, situation === undefined ? 'service' : 'record');
  const moment = wantedNow === undefined ? services.clock.now() : Date.parse(wantedNow);
  const now = new Date(moment).toISOString();
  const clock = { now: () => moment, monotonic: () => services.engine.clock.monotonic() };
  const run = await runFlow(
    flow,
    email,
    {
      interactionId: stored?.id ?? 'try',
      receivedAt: wantedNow ?? stored?.receivedAt ?? now,
      mailbox: way.mailbox,
      route: way.route,
      version,
    },
    { ...services.engine, clock, http },
  );
  const effects = run.effects.map((effect) => judged(effect, email, settings, way.origin));
  return {
    email,
    run: { ...run, effects },
    exchanges,
    now,
    mailbox: way.mailbox,
    route: { id: way.route.id, address: way.route.address },
  };
}

/** The given document, else the draft of the user, else what is published. Throws UserError `flow-has-errors` (422), `flow-not-found` (404). */
export async function triedFlow(
  services: Pick<Services, 'flows'>,
  trial: Pick<Trial, 'flow' | 'user' | 'document'>,
): Promise<{ flow: Flow; version: number | null }> {
  const draft = trial.document === undefined ? await services.flows.draft(trial.flow, trial.user) : null;
  const published = services.flows.published(trial.flow);
  if (draft !== null && draft.updatedAt === null && published !== null) return published;
  const document = draft === null ? trial.document : draft.document;
  boundedJson(document);
  const { flow, issues } = services.flows.check(document);
  if (flow !== null) return { flow, version: null };
  const message = 'The flow cannot be read, so it cannot be tried. Mend what the problems name first.';
  throw new UserError('flow-has-errors', message, { status: 422, data: { issues } });
}

/** Mailbox and route as a case says them, or by which such a mail would come to this flow. */
export function wayOf(
  settings: Settings,
  flow: string,
  email: Email,
  { mail, mailbox: chosen, folder, address }: Pick<Trial, 'mail' | 'mailbox' | 'folder' | 'address'>,
) {
  const { situation } = mail;
  if (
    situation?.mailbox !== undefined &&
    situation.route !== undefined &&
    chosen === undefined &&
    folder === undefined &&
    address === undefined
  ) {
    const origin = settings.mailboxes.find(({ id }) => id === situation.mailbox?.id);
    return { origin, mailbox: situation.mailbox, route: situation.route };
  }
  return wayToFlow(settings, flow, email, {
    mailbox: chosen ?? mail.stored?.mailbox,
    // A stored mail was found in a folder; in another mailbox it may be in any.
    folder: folder ?? (chosen === undefined || chosen === mail.stored?.mailbox ? mail.stored?.folder : undefined),
    address,
    envelope: mail.envelope,
  });
}

/** The guard's word without its budgets: those count what was sent, and here nothing is. */
function judged(effect: Effect, email: Email, settings: Settings, mailbox: Mailbox | undefined): Effect {
  const from = mailbox === undefined ? '' : answerSender(settings, mailbox, email).address;
  for (const rule of rules) {
    const reason = rule({ effect, email, own: ownAddresses(settings), from });
    if (reason !== null) return { ...effect, allowed: false, reason };
  }
  return { ...effect, allowed: true, reason: '' };
}
