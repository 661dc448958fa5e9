import type { Dovecot } from './dovecot.ts';
import type { Server } from './start-server.ts';
import { until } from './until.ts';

/** Adds the mailbox and waits until its starting point is stored: only what arrives after that is taken. */
export async function addMailbox(server: Server, dovecot: Dovecot, user: string): Promise<string> {
  const { id } = await server.api<{ id: string }>('POST', '/api/mailboxes', {
    name: 'inbox',
    type: 'imap',
    address: user.includes('@') ? user : `${user}@box.test`,
    host: dovecot.host,
    port: dovecot.ports.imap,
    security: 'none',
    username: user,
    password: dovecot.password,
    maxBytes: 20_971_520,
    flow: 'support',
  });
  await until('the mailbox is connected', async () => {
    const view = await server.api<{ status: { state: string; lastSuccessAt?: string } }>('GET', `/api/mailboxes/${id}`);
    return view.status.state === 'connected' && view.status.lastSuccessAt !== undefined;
  });
  return id;
}
