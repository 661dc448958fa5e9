import type { LoadSource } from './source.ts';

export const ews: LoadSource = {
  name: 'ews',
  repeated: 'is a mail of its own',
  mailbox: ({ microsoft: { ews: exchange } }) => ({
    type: 'ews',
    address: exchange.address,
    host: exchange.host,
    port: exchange.port,
    security: 'none',
    username: exchange.user,
    password: exchange.password,
  }),
  async put({ microsoft: { ews: exchange } }, raw) {
    const inbox = exchange.store.folders.get(exchange.store.inboxId);
    if (inbox === undefined) throw new Error('Exchange has no inbox.');
    exchange.store.add(inbox, Buffer.from(raw));
  },
};
