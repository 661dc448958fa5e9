import type { Email } from '../../schemas/email.ts';
import { UnexpectedError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';
import { type MailHead, readHead } from '../mail/read-head.ts';
import type { Store } from '../store/store.ts';
import type { MailEntry } from './mail-entry.ts';

/** The mail room's parser, as far as intake uses it. */
export interface Parser {
  parse(
    bytes: Uint8Array,
    context: {
      own: { addresses: readonly string[]; installation: string };
      envelope?: { from: string; to: string[] };
    },
  ): Promise<Email>;
}

/** A mail's bytes come from memory where they are still there. */
export interface Parse {
  /** Rejects like the parser. */
  email(entry: MailEntry): Promise<Email>;
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

  function ownAddresses(settings: Settings): readonly string[] {
    if (known?.settings !== settings) known = { settings, addresses: addressesOf(settings) };
    return known.addresses;
  }

  const bytesOf = async (entry: MailEntry) => entry.bytes ?? (await loadBytes(deps.store, entry.ledger));

  return {
    async email(entry) {
      const settings = deps.settings.read();
      return deps.parser.parse(await bytesOf(entry), {
        own: { addresses: ownAddresses(settings), installation: settings.installation },
        ...(entry.envelope === undefined ? {} : { envelope: entry.envelope }),
      });
    },
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

/** Every address that is ours: a mail from one of them must never be answered. */
function addressesOf(settings: Settings): readonly string[] {
  const addresses = [
    ...settings.mailboxes.map((mailbox) => mailbox.address),
    ...settings.routes.map((route) => route.pattern).filter((pattern) => !pattern.includes('*')),
    settings.outbound?.from ?? '',
  ];
  return [...new Set(addresses.map((address) => address.trim().toLowerCase()).filter((address) => address !== ''))];
}
