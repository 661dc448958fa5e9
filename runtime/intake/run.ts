import type { Email } from '../../schemas/email.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { RunContext } from '../engine/run-state.ts';
import type { ParsedMail } from '../mail/parsed-mail.ts';
import type { MailEntry } from './mail-entry.ts';
import { chooseRoute, recipientsOf } from './route.ts';
import { held, type Settlement, settlementOf } from './settlement.ts';

/** Runs a flow on a mail; the engine's `runFlow` with its ports already given. */
export type RunPublished = (flow: Flow, email: Email, context: RunContext) => Promise<Run>;

/** Routes a parsed mail and runs its flow. Where either is missing the mail is held for a person: none is ever dropped. */
export function createRun(deps: {
  settings: { read(): Settings };
  flows: { published(id: string): { flow: Flow; version: number } | null };
  runFlow: RunPublished;
}): (entry: MailEntry, mail: ParsedMail) => Promise<Settlement> {
  return async (entry, mail) => {
    const { email } = mail;
    const settings = deps.settings.read();
    const mailbox = settings.mailboxes.find((candidate) => candidate.id === entry.mailbox) ?? {
      id: entry.mailbox,
      name: entry.mailbox,
      address: '',
    };
    const recipients = recipientsOf(email, entry.envelope);
    const chosen = chooseRoute(settings.routes, mailbox, recipients);
    if (chosen === null) {
      const shown = recipients.slice(0, 5).join(', ') || 'no readable recipient';
      return held(`no route: none matches ${shown}. Add a route and retry, or route this mail by hand.`, mail);
    }

    const published = deps.flows.published(chosen.route.flow);
    if (published === null) {
      return held(
        `flow not published: route "${chosen.route.id}" names flow "${chosen.route.flow}". Publish it and retry, or route this mail by hand.`,
        mail,
        chosen.route.flow,
      );
    }

    if (published.flow.type === 'module') {
      return held(
        `a module: route "${chosen.route.id}" names "${chosen.route.flow}", which only other flows can call. Change the route and retry, or route this mail by hand.`,
        mail,
        chosen.route.flow,
      );
    }

    const run = await deps.runFlow(published.flow, email, {
      interactionId: entry.interaction,
      receivedAt: new Date(entry.receivedAt).toISOString(),
      route: { id: chosen.route.id, address: chosen.address },
      mailbox: { id: mailbox.id, name: mailbox.name, address: mailbox.address },
      version: published.version,
    });
    return settlementOf(run, mail);
  };
}
