import type { Icon } from '@tabler/icons-react';
import { go } from 'fuzzysort';

/** A list to choose from by typing. */
export interface Choice {
  title: string;
  placeholder: string;
  items: readonly ChoiceItem[];
  /** What is said when nothing fits what was typed. */
  empty: string;
}

export interface ChoiceItem {
  id: string;
  title: string;
  group?: string;
  icon?: Icon | undefined;
  /** A Mantine colour name, for the icon. */
  colour?: string;
  /** A few words beside the title. */
  hint?: string;
  /** Keys that do the same without the list. */
  keys?: string | undefined;
  /** What it is also found by. */
  keywords?: string | undefined;
  /** Why it cannot be chosen now. */
  reason?: string | null;
}

/** More than these nobody reads; typing one more letter is faster. */
const maxShown = 60;

/** The items that fit what was typed, the best first; in the order of the list while nothing is typed. */
export function matching(items: readonly ChoiceItem[], query: string): ChoiceItem[] {
  if (query.trim() === '') return items.slice(0, maxShown);
  const found = go(query, items, {
    keys: ['title', (item: ChoiceItem) => item.keywords ?? '', (item: ChoiceItem) => item.hint ?? ''],
    limit: maxShown,
    threshold: 0.3,
  });
  return found.map(({ obj }) => obj);
}
