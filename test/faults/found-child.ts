import { DatabaseSync } from 'node:sqlite';
import type { FoundMail } from './found.ts';
import { idHeader } from './mails.ts';

// node found-child.ts <database>: answers each message with what the database holds.
const file = process.argv[2] ?? '';

function read(): FoundMail[] {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  try {
    const header = new RegExp(`^${idHeader}: *(\\S+)`, 'im');
    const mails = new Map<unknown, FoundMail>();
    for (const row of database.prepare('select id, state, bytes from ledger join raw_mails on ledger = id').iterate()) {
      // A column of blobs, which node:sqlite hands over as bytes.
      const head = Buffer.from(row.bytes as Uint8Array).toString('latin1');
      mails.set(row.id, { id: header.exec(head)?.[1] ?? '', state: String(row.state), interactions: [] });
    }
    const interactions = new Map<unknown, FoundMail['interactions'][number]>();
    for (const row of database.prepare('select id, ledger, state from interactions').iterate()) {
      const interaction = { id: String(row.id), state: String(row.state), answers: [] };
      interactions.set(row.id, interaction);
      mails.get(row.ledger)?.interactions.push(interaction);
    }
    for (const row of database.prepare('select interaction, message_id, state, reason from outbox').iterate()) {
      const answer = { messageId: String(row.message_id), state: String(row.state), reason: String(row.reason) };
      interactions.get(row.interaction)?.answers.push(answer);
    }
    return [...mails.values()];
  } finally {
    database.close();
  }
}

process.on('message', () => {
  try {
    process.send?.(read());
  } catch (error) {
    process.send?.({ error: String(error) });
  }
});
