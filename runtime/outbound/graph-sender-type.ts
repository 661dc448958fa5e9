import { UnexpectedError } from '../../schemas/errors.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import { type GraphSenderConnection, graphSenderBodyProperties } from '../../schemas/senders/graph.ts';
import { defaultGraphUrl } from '../../schemas/sources/graph.ts';
import { credentialsOf } from '../authorisations/credentials.ts';
import type { GraphTarget } from '../graph/client.ts';
import { changeGraph, createTarget, refuseOpenGraph } from '../graph/target.ts';
import { createGraphSender } from './graph-sender.ts';
import type { SenderKeys, SenderType } from './sender-type.ts';
import { verifyGraphSender } from './verify-graph.ts';

export const graphSenderType: SenderType<'graph'> = {
  properties: Object.keys(graphSenderBodyProperties),
  store({ baseUrl = defaultGraphUrl, username, authorisation }) {
    refuseOpenGraph(baseUrl);
    return { graph: { baseUrl, username, authorisation } };
  },
  change: (mailbox, { baseUrl, username, authorisation }) =>
    changeGraph(graphOf(mailbox), { baseUrl, username, authorisation }),
  view: ({ graph }) => (graph ? { graph } : {}),
  createSender: (mailbox, keys) => createGraphSender({ graph: keys.graph, target: targetOf(mailbox, keys) }),
  verify: (mailbox, keys, signal) => verifyGraphSender(keys.graph, targetOf(mailbox, keys), signal),
};

function targetOf(mailbox: OutboundMailbox, keys: SenderKeys): GraphTarget {
  const graph = graphOf(mailbox);
  return createTarget(graph, credentialsOf(graph, keys));
}

function graphOf({ id, graph }: OutboundMailbox): GraphSenderConnection {
  if (graph !== undefined) return graph;
  throw new UnexpectedError('sender-without-connection', `The outbound mailbox ${id} has no connection to Graph.`);
}
