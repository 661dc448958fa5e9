import { UserError } from '../../../schemas/errors.ts';
import { isLoopback } from '../../../schemas/loopback.ts';
import { defaultGraphUrl, graphBodyProperties } from '../../../schemas/sources/graph.ts';
import { createGraphSource } from '../graph.ts';
import type { SourceType } from '../source-type.ts';
import { fetchWholeGraph } from './fetch-whole.ts';
import { listGraph } from './list.ts';
import { graphOf } from './target.ts';
import { verifyGraph } from './verify.ts';

export const graphSourceType: SourceType<'graph'> = {
  properties: Object.keys(graphBodyProperties),
  store({ baseUrl = defaultGraphUrl, username, authorisation, folders = ['Inbox'] }) {
    refuseOpenUrl(baseUrl);
    return { graph: { baseUrl, username, authorisation }, folders };
  },
  change(mailbox, { baseUrl, username, authorisation, folders }) {
    const graph = graphOf(mailbox);
    if (baseUrl !== undefined && baseUrl !== graph.baseUrl) {
      refuseOpenUrl(baseUrl);
      if (authorisation === undefined) {
        const message =
          'Choose the authorisation again: its tokens are not sent to another server than they were meant for.';
        throw new UserError('password-needed', message, { status: 422 });
      }
      graph.baseUrl = baseUrl;
    }
    if (username !== undefined) graph.username = username;
    if (authorisation !== undefined) graph.authorisation = authorisation;
    if (folders !== undefined) mailbox.folders = folders;
  },
  view: ({ graph }) => (graph ? { graph } : {}),
  login: graphOf,
  createSource: createGraphSource,
  list: listGraph,
  verify: verifyGraph,
  fetchWhole: fetchWholeGraph,
};

function refuseOpenUrl(baseUrl: string): void {
  const { protocol, hostname } = new URL(baseUrl);
  if (protocol === 'https:' || isLoopback(hostname)) return;
  const message = `The access token for ${hostname} would cross the network unencrypted. Use https.`;
  throw new UserError('insecure-connection', message, { status: 422 });
}
