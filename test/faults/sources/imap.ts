import type { LoadSource } from './source.ts';

export const imap: LoadSource & { user: string } = {
  name: 'imap',
  user: 'imap@demo.test',
  repeated: 'is a mail of its own',
  mailbox: ({ dovecot, links }) => ({
    type: 'imap',
    address: imap.user,
    host: dovecot.host,
    port: links.imap.port,
    security: 'none',
    username: imap.user,
    password: dovecot.password,
  }),
  // Into the maildir itself: a delivery through a server that is killed in the middle could not tell whether it happened.
  put: ({ dovecot }, raw) => dovecot.fill(imap.user, [raw]),
};
