import type { Selectable } from 'kysely';
import type { Database } from '../store/database.ts';
import { inTime } from '../store/in-time.ts';
import { isStoreTrouble } from '../store/store-errors.ts';

export type AlarmRow = Selectable<Database['alarms']>;

/** Alarms on their way into the store, which a full or failing disk may not take: they are shown and told from memory until it does. */
export interface Unstored {
  has(key: string): boolean;
  add(row: AlarmRow): void;
  rows(): AlarmRow[];
  /**
   * @param store writes the row, and announces it where nobody was told yet.
   * @returns false where the store is in trouble: then it is told without one, and stays here.
   */
  keep(key: string, store: (row: AlarmRow, isTold: () => boolean) => Promise<void>): Promise<boolean>;
}

/** @param tell resolves to true where it was taken. */
export function createUnstored(tell: (row: AlarmRow) => Promise<boolean>): Unstored {
  const entries = new Map<string, { row: AlarmRow; telling?: Promise<boolean>; told: boolean }>();

  return {
    has: (key) => entries.has(key),
    add: (row) => void entries.set(row.key, { row, told: false }),
    rows: () => [...entries.values()].map(({ row }) => row),
    async keep(key, store) {
      const entry = entries.get(key);
      if (entry === undefined) return true;
      // Not at the end of the deadline: a commit that is late still removes it once it is through.
      const stored = store(entry.row, () => entry.told).then(() => void entries.delete(key));
      try {
        await inTime(stored);
        return true;
      } catch (thrown) {
        if (!isStoreTrouble(thrown)) {
          entries.delete(key);
          throw thrown;
        }
      }
      entry.telling ??= entry.told ? undefined : tell(entry.row);
      void entry.telling?.then((told) => {
        entry.told = told;
        delete entry.telling;
      });
      return false;
    },
  };
}
