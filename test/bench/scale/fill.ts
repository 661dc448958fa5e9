import { DatabaseSync } from 'node:sqlite';

/** Years of a support desk, as `fill` writes them. */
export const desk = {
  mailbox: 'old-support',
  queue: 'general',
  /** So many of the newest wait; the others are finished, and one in ten was disconnected. */
  waiting: 500,
};

const hour = 3_600_000;

/**
 * Adds interactions number `from` (exclusive) to `to` to the database of a server that does not run: with ledger, source, details, an answer for
 * every second one, and the lines that people left in the audit log. In plain SQL, since it is to make a million.
 */
export function fill(file: string, from: number, to: number, now: number): void {
  const database = new DatabaseSync(file);
  try {
    database.exec('pragma synchronous = off; pragma cache_size = -200000; pragma temp_store = memory;');
    database.exec('begin');
    for (const statement of statements(from, to, now)) database.exec(statement);
    // As it is where the mails came before there was an index of the search.
    database.exec('delete from search_again; delete from mail_search');
    database.exec('update search_progress set indexed = (select min(ledger) - 1 from interactions)');
    database.exec('commit');
    database.exec('analyze; pragma wal_checkpoint(truncate)');
  } finally {
    database.close();
  }
}

function statements(from: number, to: number, now: number): string[] {
  const numbers = `with recursive n(i) as (select ${from + 1} union all select i + 1 from n where i < ${to})`;
  // A mail a minute, the newest an hour ago.
  const at = `(${now - hour} - (${to} - i) * 60000)`;
  const state = `case when i > ${to - desk.waiting} then 'queued' when i % 10 = 0 then 'disconnected' else 'done' end`;
  const ledgerState = `case when i % 10 = 0 and i <= ${to - desk.waiting} then 'disconnected' else 'queued' end`;
  // Sorts as it was made, and before every id that a server makes today.
  const id = (prefix: string) => `printf('${prefix}%024d', i)`;
  const subject = `'Order ' || i || ' has not arrived yet'`;
  const from_ = `'customer-' || (i % 20000) || '@example.test'`;
  const text = `'Our order ' || i || ' from last week has not arrived yet, and the tracking page has shown the same place since Monday.'`;
  const email = `json_object('subject', ${subject}, 'from', json_object('address', ${from_}, 'name', 'Customer ' || i), 'text', ${text})`;
  return [
    // What waited when the store was smaller is done by now.
    `update interactions set state = 'done', finished_at = received_at + ${hour} where mailbox = '${desk.mailbox}' and state = 'queued'`,
    `${numbers} insert into ledger (id, mailbox, folder, server_key, state, reason, attempts, size, whole_size, envelope, received_at, accepted_at, settled_at, interaction)
      select i - 10000000, '${desk.mailbox}', 'INBOX', 'k' || i, ${ledgerState}, '', 1, 3000, null, null, ${at}, ${at}, ${at}, ${id('00')} from n`,
    `${numbers} insert into raw_mails (ledger, bytes) select i - 10000000, cast(${text} as blob) from n`,
    `${numbers} insert into interactions (id, ledger, state, queue, priority, rank, skills, subject, from_address, from_name, preview, received_at, mailbox, flow, version, reason, claimed_by, claimed_until, finished_at, route)
      select ${id('00')}, i - 10000000, ${state}, '${desk.queue}', 0, ${at}, '[]', ${subject}, ${from_}, 'Customer ' || i, ${text}, ${at}, '${desk.mailbox}', 'support', 1, '', null, null, ${at} + ${hour}, '' from n`,
    `${numbers} insert into interaction_details (interaction, email, run, way) select ${id('00')}, ${email}, null, null from n`,
    `${numbers} insert into outbox (id, interaction, action, ordinal, kind, mailbox, outbound, to_address, thread, from_address, envelope_from, subject, message_id, text, raw, state, reason, attempts, created_at, queued_at, next_attempt_at, sent_at)
      select ${id('00')}, ${id('00')}, 'acknowledge', 0, 'auto-response', '${desk.mailbox}', '', ${from_}, '<t' || i || '@example.test>', 'support@demo.test', '', 'Re: ' || ${subject}, '<m' || i || '@demo.test>', ${text}, cast(${text} as blob), 'sent', '250 ok', 1, ${at}, ${at}, null, ${at}
      from n where i % 2 = 0`,
    `${numbers} insert into audit (id, at, who, who_name, role, proved_by, address, method, path, what, target, changes)
      select ${id('00')}, ${at}, 'agent-' || (i % 50), 'Agent ' || (i % 50), 'agent', 'session', '127.0.0.1', 'post', '/api/interactions/:id/finish', 'End the work on a claimed mail', json_object('id', ${id('00')}), '[]'
      from n where i % 5 = 0`,
  ];
}
