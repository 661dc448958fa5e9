import { defaultGraphUrl, graphBodyProperties } from '../../../schemas/sources/graph.ts';
import { changeGraph, refuseOpenGraph } from '../../graph/target.ts';
import { changeFolders, storeFolders } from '../folder-settings.ts';
import { createGraphSource } from '../graph.ts';
import type { SourceType } from '../source-type.ts';
import { fetchWholeGraph } from './fetch-whole.ts';
import { listGraph } from './list.ts';
import { graphOf } from './target.ts';
import { verifyGraph } from './verify.ts';

export const graphSourceType: SourceType<'graph'> = {
  properties: Object.keys(graphBodyProperties),
  store({ baseUrl = defaultGraphUrl, username, authorisation, folders, afterTaking, takeDays }) {
    refuseOpenGraph(baseUrl);
    return { graph: { baseUrl, username, authorisation }, ...storeFolders({ folders, afterTaking, takeDays }) };
  },
  change(mailbox, { baseUrl, username, authorisation, folders, afterTaking, takeDays }) {
    changeFolders(mailbox, { folders, afterTaking, takeDays });
    changeGraph(graphOf(mailbox), { baseUrl, username, authorisation });
  },
  view: ({ graph }) => (graph ? { graph } : {}),
  login: graphOf,
  createSource: createGraphSource,
  list: listGraph,
  verify: verifyGraph,
  fetchWhole: fetchWholeGraph,
};
