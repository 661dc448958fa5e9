import type { MailChoice } from '../../schemas/api/try.ts';
import type { Authentication } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { CaseSituation } from '../cases/run-case.ts';
import { getInteraction, getInteractionSource } from '../intake/interactions.ts';
import type { Services } from './services.ts';

/** A mail to try a flow on; what a stored one is known to have come by is used again. */
export interface TriedMail {
  bytes: Uint8Array;
  stored?: { id: string; mailbox: string; receivedAt: string; folder: string; authentication?: Authentication };
  envelope?: { from: string; to: string[] };
  /** Of a case: when and how its mail comes, and what services answer. */
  situation?: CaseSituation;
}

/** The bytes of the one mail that was chosen. Throws UserError `one-mail-needed` (422), `interaction-not-found`, `case-not-found` (404). */
export async function triedMail(
  services: Pick<Services, 'store' | 'cases'>,
  flow: string,
  choice: MailChoice,
): Promise<TriedMail> {
  const given = [choice.eml, choice.emlBase64, choice.interaction, choice.case].filter((entry) => entry !== undefined);
  if (given.length !== 1) {
    const message = 'Give one mail: "eml" as text, "emlBase64", the id of an "interaction", or the name of a "case".';
    throw new UserError('one-mail-needed', message, { status: 422 });
  }
  if (choice.interaction !== undefined) return storedMail(services, choice.interaction);
  if (choice.case !== undefined) {
    const { case: document } = await services.cases.read(flow, choice.case);
    const { $schema: _, description: __, expect: ___, ...situation } = document ?? { expect: {} };
    const { envelope } = situation;
    const bytes = await services.cases.mail(flow, choice.case);
    return { bytes, situation, ...(envelope === undefined ? {} : { envelope }) };
  }
  return { bytes: choice.eml === undefined ? Buffer.from(choice.emlBase64 ?? '', 'base64') : Buffer.from(choice.eml) };
}

/** The source of an interaction's mail with what is known of its arrival. */
async function storedMail({ store }: Pick<Services, 'store'>, id: string): Promise<TriedMail> {
  const { mailbox, receivedAt, email } = await getInteraction(store.read, id);
  const row = await store.read
    .selectFrom('ledger')
    .select(['envelope', 'folder'])
    .where('interaction', '=', id)
    .executeTakeFirst();
  const bytes = await getInteractionSource(store.read, id);
  const found = email === null ? {} : { authentication: email.authentication };
  const stored = { id, mailbox, receivedAt, folder: row?.folder ?? '', ...found };
  if (row?.envelope == null) return { bytes, stored };
  const { from, to } = JSON.parse(row.envelope);
  return { bytes, stored, envelope: { from, to } };
}
