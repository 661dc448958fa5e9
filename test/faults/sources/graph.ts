import type { LoadSource } from './source.ts';

export const graph: LoadSource = {
  name: 'graph',
  repeated: 'is a mail of its own',
  mailbox: ({ microsoft }) => ({
    type: 'graph',
    address: microsoft.user,
    username: microsoft.user,
    baseUrl: microsoft.graph.url,
    authorisation: microsoft.authorisation,
  }),
  async put({ microsoft }, raw) {
    microsoft.graph.deliver(microsoft.user, raw);
  },
};
