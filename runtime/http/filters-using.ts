import type { FilterUse } from '../../schemas/api/lists.ts';
import type { Settings } from '../../schemas/settings.ts';

type Filtered = Pick<Settings, 'filters' | 'mailboxes'>;

/** The filters that look senders up in a list: those of all mailboxes first. */
export function filtersUsing({ filters, mailboxes }: Filtered, list: string): FilterUse[] {
  const names = (rules: { allowLists: string[]; blockLists: string[] }) =>
    [...rules.allowLists, ...rules.blockLists].includes(list);
  const own = mailboxes.filter(({ id }) => {
    const rules = Object.hasOwn(filters.mailboxes, id) ? filters.mailboxes[id] : undefined;
    return rules !== undefined && names(rules);
  });
  return [
    ...(names(filters.everywhere) ? [{ mailbox: null, name: 'all mailboxes' }] : []),
    ...own.map(({ id, name }) => ({ mailbox: id, name })),
  ];
}
