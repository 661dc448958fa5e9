import type { LoadSource } from './source.ts';

export const pop3: LoadSource & { user: string } = {
  name: 'pop3',
  user: 'pop3@demo.test',
  repeated: 'is a mail of its own',
  mailbox: ({ dovecot, links }) => ({
    type: 'pop3',
    address: pop3.user,
    host: dovecot.host,
    port: links.pop3.port,
    security: 'none',
    username: pop3.user,
    password: dovecot.password,
  }),
  put: ({ dovecot }, raw) => dovecot.fill(pop3.user, [raw]),
};
