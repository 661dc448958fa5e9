import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/database.ts';

interface Listed {
  folder: string;
  serverKey: string;
  isBeginning?: true;
}

/** Server keys that one query asks for. */
const atOnce = 400;
/** Newest ledger rows of all mailboxes that are searched for doubled mails: a night's comparison must not read a million rows. */
const searchedRows = 20_000;
/** Pairs whose bytes are compared. */
const comparedPairs = 200;

/** Which of the mails that a server has are not in the ledger. */
export async function findMissing<L extends Listed>(
  read: Kysely<Database>,
  mailbox: string,
  listed: readonly L[],
): Promise<L[]> {
  const missing: L[] = [];
  const whole = Map.groupBy(
    listed.filter(({ isBeginning }) => isBeginning !== true),
    ({ folder }) => folder,
  );
  for (const [folder, mails] of whole) {
    for (let from = 0; from < mails.length; from += atOnce) {
      const some = mails.slice(from, from + atOnce);
      const keys = some.map(({ serverKey }) => serverKey);
      const rows = await ledgerOf(read, mailbox, folder).where('server_key', 'in', keys).execute();
      const known = new Set(rows.map((row) => row.server_key));
      missing.push(...some.filter(({ serverKey }) => !known.has(serverKey)));
    }
  }
  for (const mail of listed) {
    if (mail.isBeginning !== true) continue;
    const row = await ledgerOf(read, mailbox, mail.folder)
      .where('server_key', '>=', mail.serverKey)
      // Keys are ASCII: this is behind every one that begins so.
      .where('server_key', '<', `${mail.serverKey}\u{10ffff}`)
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) missing.push(mail);
  }
  return missing;
}

/**
 * Mails that stand in the ledger twice, byte for byte, though the server has no two of them: of a message that a server renamed, say. Searched among
 * the newest rows only.
 */
export async function countDoubled(
  read: Kysely<Database>,
  mailbox: string,
  isOnServer: (row: { folder: string; serverKey: string }) => boolean,
): Promise<number> {
  const { rows: pairs } = await sql<{ first: number; second: number }>`
    with newest as (
      select ledger.id, ledger.folder, ledger.size, ledger.received_at / 1000 as second, interactions.subject,
        interactions.from_address
      from (select * from ledger order by id desc limit ${sql.lit(searchedRows)}) as ledger
      join interactions on interactions.ledger = ledger.id
      where ledger.mailbox = ${mailbox}
    )
    select min(id) as first, max(id) as second from newest
    group by folder, size, second, subject, from_address having count(*) > 1 and min(id) <> max(id)
    limit ${sql.lit(comparedPairs)}
  `.execute(read);
  let doubled = 0;
  for (const { first, second } of pairs) {
    const mails = await read
      .selectFrom('ledger')
      .innerJoin('raw_mails', 'raw_mails.ledger', 'ledger.id')
      .select(['folder', 'server_key', 'bytes'])
      .where('ledger.id', 'in', [first, second])
      .execute();
    const [one, other] = mails;
    if (one === undefined || other === undefined || !Buffer.from(one.bytes).equals(other.bytes)) continue;
    const bothThere = mails.every(({ folder, server_key }) => isOnServer({ folder, serverKey: server_key }));
    if (!bothThere) doubled += 1;
  }
  return doubled;
}

function ledgerOf(read: Kysely<Database>, mailbox: string, folder: string) {
  return read.selectFrom('ledger').select('server_key').where('mailbox', '=', mailbox).where('folder', '=', folder);
}
