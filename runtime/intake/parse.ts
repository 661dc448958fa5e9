import { UnexpectedError } from '../../schemas/errors.ts';
import type { Repair } from '../../schemas/repair.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { MailParser } from '../mail/mail-parser.ts';
import type { ParsedMail } from '../mail/parsed-mail.ts';
import { type MailHead, readHead } from '../mail/read-head.ts';
import { ownAddresses } from '../outbound/own-addresses.ts';
import type { Store } from '../store/store.ts';
import type { MailEntry } from './mail-entry.ts';

/** The mail room's parser, as far as intake uses it. */
export type Parser = Pick<MailParser, 'parseToJson'>;

/** A mail's bytes come from memory where they are still there. */
export interface Parse {
  /** Rejects like the parser. */
  mail(entry: MailEntry): Promise<ParsedMail>;
  bytes(entry: MailEntry): Promise<Uint8Array>;
  /** What can be shown of a mail that cannot be parsed. */
  head(entry: MailEntry): Promise<MailHead>;
}

/** Bytes to email, or to as much of it as there is. */
export function createParse(deps: {
  parser: Parser;
  store: Pick<Store, 'read'>;
  settings: { read(): Settings };
}): Parse {
  let known: { settings: Settings; addresses: readonly string[] } | undefined;

  /** A mail from one of ours must never be answered. */
  function addressesOf(settings: Settings): readonly string[] {
    if (known?.settings !== settings) known = { settings, addresses: [...ownAddresses(settings)] };
    return known.addresses;
  }

  /** Only what was settled before can have one; a mail that comes in holds its bytes still. */
  async function repairOf({ bytes, ledger }: MailEntry): Promise<{ repair?: Repair }> {
    if (bytes !== null) return {};
    const row = await deps.store.read
      .selectFrom('repairs')
      .select('repair')
      .where('ledger', '=', ledger)
      .executeTakeFirst();
    return row === undefined ? {} : { repair: JSON.parse(row.repair) };
  }

  const bytesOf = async (entry: MailEntry) => entry.bytes ?? (await loadBytes(deps.store, entry.ledger));

  return {
    async mail(entry) {
      const settings = deps.settings.read();
      const mail = await deps.parser.parseToJson(await bytesOf(entry), {
        own: { addresses: addressesOf(settings), installation: settings.installation },
        ...(await repairOf(entry)),
        ...(entry.envelope === undefined ? {} : { envelope: entry.envelope }),
      });
      if (entry.wholeSize === undefined) return mail;
      // A condition on the size means the mail that was sent, not what is kept of it.
      const email = { ...mail.email, size: entry.wholeSize };
      return { email, json: JSON.stringify(email) };
    },
    bytes: bytesOf,
    head: async (entry) => readHead(await bytesOf(entry)),
  };
}

async function loadBytes(store: Pick<Store, 'read'>, ledger: number): Promise<Uint8Array> {
  const row = await store.read.selectFrom('raw_mails').select('bytes').where('ledger', '=', ledger).executeTakeFirst();
  if (row === undefined) {
    throw new UnexpectedError('raw-mail-missing', `The source of ledger row ${ledger} is not in the store.`);
  }
  return row.bytes;
}
