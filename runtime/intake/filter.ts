import type { Kysely } from 'kysely';
import type { Effect } from '../../schemas/run.ts';
import type { Settings } from '../../schemas/settings.ts';
import { acquaintanceOf, awaitsConfirmation, challengeAction, hashOf, newToken } from '../filters/challenges.ts';
import type { Judge } from '../filters/judge.ts';
import type { ParsedMail } from '../mail/parsed-mail.ts';
import type { Database } from '../store/database.ts';
import type { MailEntry } from './mail-entry.ts';
import { held, type Settlement, skipped } from './settlement.ts';

const dayMs = 86_400_000;

interface FilterDeps {
  settings: { read(): Settings };
  judge: Judge['judge'];
  store: { read: Kysely<Database> };
  clock: { now(): number };
  /** Where senders reach this server, without a slash at the end. */
  publicUrl(): string;
}

/** Filters before the flow: what becomes of a mail that they stop; null for one that goes on to its route. */
export function createFilter(deps: FilterDeps): (entry: MailEntry, mail: ParsedMail) => Promise<Settlement | null> {
  return async (entry, mail) => {
    const { outcome, reason } = deps.judge(entry.mailbox, mail.email, entry.envelope?.from ?? '');
    if (outcome === 'pass') return null;
    return outcome === 'skip' ? skipped(reason, mail) : ask(entry, mail);
  };

  async function ask(entry: MailEntry, mail: ParsedMail): Promise<Settlement | null> {
    const { email } = mail;
    const { filters, mailboxes } = deps.settings.read();
    const now = deps.clock.now();
    const { address } = email.from;
    const mailbox = entry.mailbox;
    const known = address === '' ? 'stranger' : await acquaintanceOf(deps.store.read, { address, mailbox, now });
    if (known === 'known') return null;
    const wait = (why: string) => held(`${awaitsConfirmation}: ${why}`, mail);
    if (known === 'asked') return wait('the sender was asked already, and has not confirmed yet.');
    // A question to a forged address is mail that nobody asked for, sent under our name.
    if (!email.mayAutoRespond || email.isAutoReply || email.isBounce || email.isList || entry.envelope?.from === '') {
      return wait(
        'the sender is not known, and a mail like this is never answered by a machine. Let it through by hand.',
      );
    }
    if (email.authentication.sender !== 'proved') {
      return wait('the sender is not known, and nothing proves the address. Let it through by hand.');
    }
    const token = newToken();
    const expiresAt = now + filters.confirmDays * dayMs;
    const written = mailboxes.find(({ id }) => id === mailbox)?.address ?? '';
    return {
      ...wait('the sender is not known, and was asked to confirm.'),
      effects: [question(address, written, `${deps.publicUrl()}/confirm/${token}`, filters.confirmDays)],
      challenge: {
        hash: hashOf(token),
        address: address.toLowerCase(),
        mailbox,
        interaction: entry.interaction,
        sent_at: now,
        expires_at: expiresAt,
      },
    };
  }
}

/** Nothing of the stranger's text is in it: whoever forged the sender must not reach a victim through us. */
function question(to: string, mailbox: string, link: string, days: number): Effect {
  const body = [
    `We received a mail from this address${mailbox === '' ? '' : ` to ${mailbox}`}, and have not had mail from it before.`,
    '',
    'Please open this page and press the button, so that we know that a person wrote it:',
    link,
    '',
    `The link works once, for ${days === 1 ? 'one day' : `${days} days`}. If you did not write to us, there is nothing to do.`,
    '',
  ].join('\n');
  return {
    type: 'auto-response',
    action: challengeAction,
    to,
    subject: 'Please confirm your mail',
    body,
    allowed: true,
    reason: '',
  };
}
