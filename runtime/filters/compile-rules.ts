import type { Email } from '../../schemas/email.ts';
import type { FilterKeyword, FilterRules } from '../../schemas/filters.ts';
import { foldCase } from '../../schemas/fold-case.ts';
import { compilePattern } from '../../schemas/regular-expression.ts';
import { compileSenders } from './senders.ts';

/** What filters look at. */
type FilteredEmail = Pick<Email, 'from' | 'subject' | 'headers' | 'attachments'>;

/** One set of rules, ready to be asked about very many mails. Each answer is a reason with its stable code, or undefined. */
export interface CompiledRules {
  allowed(email: FilteredEmail): string | undefined;
  readonly onlyAllowed: boolean;
  blocked(email: FilteredEmail, envelopeFrom: string): string | undefined;
  keyword(email: FilteredEmail): string | undefined;
  attachments(email: FilteredEmail): string | undefined;
  readonly confirmStrangers: boolean;
  /** False where nothing could ever stop a mail. */
  readonly stops: boolean;
}

/** Headers have no length limit of their own; what decides a keyword stands at the beginning. */
const maxValueLength = 10_000;

/** @param listOf values of a named list; none where the list is gone. */
export function compileRules(rules: FilterRules, listOf: (id: string) => readonly string[]): CompiledRules {
  const allow = compileSenders([...rules.allow, ...rules.allowLists.flatMap(listOf)]);
  const block = compileSenders([...rules.block, ...rules.blockLists.flatMap(listOf)]);
  const keywords = rules.keywords.map(compileKeyword);
  const { maxAttachments, maxAttachmentBytes } = rules;
  return {
    allowed: ({ from }) => allow.find(from.address),
    onlyAllowed: rules.onlyAllowed,
    blocked({ from }, envelopeFrom) {
      for (const address of [from.address, envelopeFrom]) {
        const entry = block.find(address);
        if (entry !== undefined) return `sender-blocked: "${shown(address)}" is on the block list ("${entry}").`;
      }
      return undefined;
    },
    keyword(email) {
      const hit = keywords.find(({ matches }) => matches(email))?.keyword;
      if (hit === undefined) return undefined;
      const words = hit.isPattern ? 'matches the pattern' : 'contains';
      return `keyword-excluded: the header "${hit.header.toLowerCase()}" ${words} "${hit.text}".`;
    },
    attachments({ attachments }) {
      // What was unpacked is as many files as it is; its bytes count once, with the wrapping that came over the wire.
      const wrappings = new Set(attachments.map(({ within }) => within));
      const files = attachments.filter(
        ({ inline, name, within }) => !inline && (within !== undefined || !wrappings.has(name)),
      );
      if (maxAttachments !== null && files.length > maxAttachments) {
        return `too-many-attachments: ${files.length} files are attached, and ${maxAttachments} are allowed.`;
      }
      const sizes = attachments.filter(({ inline, within }) => !inline && within === undefined);
      const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
      if (maxAttachmentBytes !== null && bytes > maxAttachmentBytes) {
        return `attachments-too-large: ${bytes} bytes are attached, and ${maxAttachmentBytes} are allowed.`;
      }
      return undefined;
    },
    confirmStrangers: rules.confirmStrangers,
    stops:
      rules.onlyAllowed ||
      rules.confirmStrangers ||
      rules.block.length + rules.blockLists.length + rules.keywords.length > 0 ||
      maxAttachments !== null ||
      maxAttachmentBytes !== null,
  };
}

function compileKeyword(keyword: FilterKeyword): {
  keyword: FilterKeyword;
  matches(email: FilteredEmail): boolean;
} {
  const header = keyword.header.toLowerCase();
  const holds = holdsOf(keyword);
  return {
    keyword,
    matches: (email) => valuesOf(email, header).some((value) => holds(value.slice(0, maxValueLength))),
  };
}

function holdsOf({ text, isPattern }: FilterKeyword): (value: string) => boolean {
  if (isPattern) {
    const pattern = compilePattern(`(?i)${text}`);
    return (value) => pattern.matcher(value).find();
  }
  const folded = foldCase(text);
  return (value) => foldCase(value).includes(folded);
}

function valuesOf(email: FilteredEmail, header: string): readonly string[] {
  if (header === 'subject') return [email.subject];
  return Object.hasOwn(email.headers, header) ? (email.headers[header] ?? []) : [];
}

/** A reason is one line, whatever a sender calls himself. */
function shown(address: string): string {
  return address.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 200);
}
