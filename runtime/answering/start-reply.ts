import type { Kysely } from 'kysely';
import type { ReplyStart } from '../../schemas/api/replies.ts';
import type { Settings } from '../../schemas/settings.ts';
import { quoted } from '../outbound/answer-look.ts';
import { plainSubject } from '../outbound/subject.ts';
import type { Database } from '../store/database.ts';
import { findMail } from './answered-mail.ts';
import { readDraft } from './drafts.ts';
import { draftFiles } from './files.ts';
import type { Owner } from './owner.ts';
import { askedRecipients, mailProblem, otherRecipients, warningsOf } from './recipients.ts';
import { sendersOf } from './senders.ts';

/** As mail programs begin the subject of an answer, in the languages that they speak. */
const answers = /^\s*(re|aw|antw|sv|vs|odp|ref|rif|res|r|yan|ynt)\s*(\[\d+\]|\(\d+\))?\s*:/i;

/**
 * What somebody who wants to answer a mail begins with.
 *
 * @throws UserError `interaction-not-found` (404).
 */
export async function startReply(read: Kysely<Database>, settings: Settings, owner: Owner): Promise<ReplyStart> {
  const { email, ...mail } = await findMail(read, settings, owner.interaction);
  const draft = await readDraft(read, owner);
  const problem = mailProblem(email);
  const files = await draftFiles(read, owner);
  if (email === null) return { ...nothing, problem, files, draft };
  const subject = answers.test(email.subject) ? email.subject : `Re: ${email.subject}`;
  const to = problem === '' ? askedRecipients(email) : [];
  return {
    problem,
    to,
    toAll: { to, cc: problem === '' ? otherRecipients(email, settings) : [] },
    subject: plainSubject(subject),
    senders: sendersOf(settings, { ...mail, email }),
    signature: mail.route?.signature ?? '',
    quote: mail.route?.history === true,
    quoted: quoted(email).join(''),
    warnings: warningsOf(email),
    files,
    draft,
  };
}

const nothing = {
  to: [],
  toAll: { to: [], cc: [] },
  subject: '',
  senders: [],
  signature: '',
  quote: false,
  quoted: '',
  warnings: [],
};
