import type { Email } from '../../schemas/email.ts';
import type { Filters } from '../../schemas/filters.ts';
import { noRules } from '../../schemas/filters.ts';
import type { Settings } from '../../schemas/settings.ts';
import { isOwnMessageId } from '../mail/message-id.ts';
import { type CompiledRules, compileRules } from './compile-rules.ts';

type FilterSettings = Pick<Settings, 'filters' | 'lists' | 'installation'>;

/** What the filters say of a mail. `reason` begins with a stable code, but for a mail that passes. */
export interface FilterVerdict {
  /** `ask`: pass if the sender is known, or has confirmed. */
  outcome: 'pass' | 'skip' | 'ask';
  reason: string;
}

type JudgedEmail = Pick<
  Email,
  'from' | 'subject' | 'headers' | 'attachments' | 'isBounce' | 'inReplyTo' | 'references' | 'authentication'
>;

export interface Judge {
  judge(mailbox: string, email: JudgedEmail, envelopeFrom: string): FilterVerdict;
  /** Whether the verdict hangs on the sender's being who he says: his mail passes rules that stop that of others. */
  isAlwaysLetIn(mailbox: string, email: JudgedEmail): boolean;
}

const passes: FilterVerdict = { outcome: 'pass', reason: '' };

/** The settings in force are one object until they change: rules are compiled once for each, and mailbox, that a mail comes to. */
export function createJudge(settings: { read(): FilterSettings }): Judge {
  let known: { of: FilterSettings; compiled: Map<string, CompiledRules[]> } | undefined;

  function rulesFor(mailbox: string, of: FilterSettings): CompiledRules[] {
    if (known?.of !== of) known = { of, compiled: new Map() };
    let compiled = known.compiled.get(mailbox);
    if (compiled === undefined) {
      compiled = compileFor(mailbox, of);
      known.compiled.set(mailbox, compiled);
    }
    return compiled;
  }

  return {
    judge(mailbox, email, envelopeFrom) {
      const of = settings.read();
      return judge(rulesFor(mailbox, of), email, envelopeFrom, of.installation);
    },
    isAlwaysLetIn(mailbox, email) {
      const rules = rulesFor(mailbox, settings.read());
      return rules.some(({ stops }) => stops) && first(rules, (each) => each.allowed(email)) !== undefined;
    },
  };
}

/** Judges by rules that are not in force. */
export function judgeBy(
  filters: Filters,
  { lists, installation }: Pick<FilterSettings, 'lists' | 'installation'>,
  ...[mailbox, email, envelopeFrom]: Parameters<Judge['judge']>
): FilterVerdict {
  return judge(compileFor(mailbox, { filters, lists, installation }), email, envelopeFrom, installation);
}

/** The mailbox's own rules first: a reason names them rather than those of all. */
function compileFor(mailbox: string, { filters, lists }: FilterSettings): CompiledRules[] {
  const listOf = (id: string) => lists.find((list) => list.id === id)?.values ?? [];
  const own = Object.hasOwn(filters.mailboxes, mailbox) ? filters.mailboxes[mailbox] : undefined;
  return [own ?? noRules(), filters.everywhere].map((rules) => compileRules(rules, listOf));
}

function judge(
  rules: readonly CompiledRules[],
  email: JudgedEmail,
  envelopeFrom: string,
  installation: string,
): FilterVerdict {
  if (!rules.some(({ stops }) => stops)) return passes;
  // Anybody can write an address of the list into From: one whose own domain disowns the mail opens no door.
  const isForged = email.authentication.sender === 'forged';
  const allowed = isForged ? undefined : first(rules, (each) => each.allowed(email));
  if (allowed !== undefined) return { outcome: 'pass', reason: `The sender is on the allow list ("${allowed}").` };
  const blocked = first(rules, (each) => each.blocked(email, envelopeFrom));
  if (blocked !== undefined) return { outcome: 'skip', reason: blocked };
  // What answers us, or says that our mail did not arrive, is wanted whatever words are in it.
  if (email.isBounce) return { outcome: 'pass', reason: 'It reports on the delivery of a mail.' };
  if ([email.inReplyTo, ...email.references].some((id) => isOwnMessageId(id, installation))) {
    return { outcome: 'pass', reason: 'It answers a mail that was sent from here.' };
  }
  if (rules.some(({ onlyAllowed }) => onlyAllowed)) {
    const why = isForged ? ' The domain of this one asks to refuse mail that it did not send, as here.' : '';
    return { outcome: 'skip', reason: `sender-not-allowed: only senders on the allow list are let through.${why}` };
  }
  const skipped = first(rules, (each) => each.keyword(email)) ?? first(rules, (each) => each.attachments(email));
  if (skipped !== undefined) return { outcome: 'skip', reason: skipped };
  if (!rules.some(({ confirmStrangers }) => confirmStrangers)) return passes;
  return { outcome: 'ask', reason: 'A sender who is not known yet is asked to confirm; the mail is held until then.' };
}

function first(rules: readonly CompiledRules[], ask: (rules: CompiledRules) => string | undefined): string | undefined {
  for (const each of rules) {
    const answer = ask(each);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
