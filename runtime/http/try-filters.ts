import type { FilterTryBody, FilterTryResult } from '../../schemas/api/filters.ts';
import { UserError } from '../../schemas/errors.ts';
import { judgeBy } from '../filters/judge.ts';
import { getInteraction } from '../intake/interactions.ts';
import type { Services } from './services.ts';

/** What the filters of a mailbox say of a mail that came, or of one made up. `rules` stand in for the mailbox's own. */
export async function tryFilters(
  { settings, store }: Pick<Services, 'settings' | 'store'>,
  mailbox: string,
  body: FilterTryBody,
): Promise<FilterTryResult> {
  const current = settings.read();
  const own = body.rules === undefined ? {} : { [mailbox]: body.rules };
  const filters = { ...current.filters, mailboxes: { ...current.filters.mailboxes, ...own } };
  const email = body.interaction === undefined ? madeUp(body) : await emailOf(store, body.interaction);
  const { outcome, reason } = judgeBy(filters, current, mailbox, email, '');
  return { outcome, reason: reason || 'No filter has anything against it.' };
}

async function emailOf(store: Services['store'], id: string) {
  const { email } = await getInteraction(store.read, id);
  if (email === null) {
    throw new UserError('mail-not-readable', 'This mail could not be parsed, so the filters never see it.', {
      status: 409,
    });
  }
  return email;
}

function madeUp({ from = '', subject = '', attachments = [] }: FilterTryBody) {
  const address = /<([^<>]*)>\s*$/.exec(from)?.[1] ?? from.trim();
  return {
    from: { address, name: '', domain: address.slice(address.lastIndexOf('@') + 1).toLowerCase() },
    subject,
    headers: {},
    attachments: attachments.map((size) => ({ name: '', type: '', size, inline: false })),
    isBounce: false,
    inReplyTo: '',
    references: [],
    authentication: { spf: 'none', dkim: 'none', dmarc: 'none' },
  };
}
