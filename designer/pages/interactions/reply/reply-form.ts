import type { ReplyDraftBody, ReplySender, ReplyStart } from '../../../../schemas/api/replies.ts';

export type ReplyMode = 'one' | 'all';

/** What the box begins with: the draft, or else what the mail asks for. */
export function firstDraft(start: ReplyStart, mode: ReplyMode): ReplyDraftBody {
  if (start.draft !== null) {
    const { savedAt: _, ...draft } = start.draft;
    return draft;
  }
  const { to, cc } = mode === 'all' ? start.toAll : { to: start.to, cc: [] };
  return { to, cc, subject: start.subject, text: '', quote: start.quote };
}

/** The value of a sender in a list; the one that has no id is the route's or the mailbox's own. */
export function senderValue({ id }: Pick<ReplySender, 'id'>): string {
  return id ?? '';
}

export function senderLabel({ address, name }: Pick<ReplySender, 'address' | 'name'>): string {
  return name === '' ? address : `${name} <${address}>`;
}

/** What keeps an answer from being sent, in words; null if nothing does. */
export function missing({ to, text }: Pick<ReplyDraftBody, 'to' | 'text'>): { to?: string; text?: string } | null {
  const problems = {
    ...(to.length === 0 ? { to: 'Say whom it goes to' } : {}),
    ...(text.trim() === '' ? { text: 'Write something first' } : {}),
  };
  return Object.keys(problems).length === 0 ? null : problems;
}

/** As hard to guess as need be, also where the page came without TLS and the browser has no randomUUID. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
