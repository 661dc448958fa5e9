import { UserError } from '../../../schemas/errors.ts';
import type { Mailbox } from '../../../schemas/settings.ts';
import type { GetCredentials } from '../../authorisations/credentials.ts';
import type { GraphClient, GraphPatience, GraphTarget } from '../../graph/client.ts';
import { createTarget } from '../../graph/target.ts';
import type { SourceServices } from '../source.ts';
import { usualTiming, verifyTiming } from '../source-type.ts';

type GraphConnection = NonNullable<Mailbox['graph']>;

export function graphOf(mailbox: Mailbox): GraphConnection {
  if (mailbox.graph === undefined) {
    const message = `Mailbox ${mailbox.name} has no connection to Microsoft Graph. Enter mailbox and authorisation.`;
    throw new UserError('mailbox-incomplete', message);
  }
  return mailbox.graph;
}

/** The mailbox as a client of Graph sees it. */
export function targetOf(mailbox: Mailbox, credentials: GetCredentials): GraphTarget {
  return createTarget(graphOf(mailbox), credentials);
}

/** As patient as somebody before a screen; a whole mail takes its time. */
const patience: GraphPatience = {
  ...verifyTiming,
  wholeMs: 5 * 60_000,
  longestWaitMs: 15_000,
  retry: usualTiming.retry,
};

/** A client for what is done by itself, apart from the source that reads. */
export function clientFor(target: GraphTarget, { graph }: SourceServices): GraphClient {
  return graph.client(target, patience, new AbortController().signal);
}
