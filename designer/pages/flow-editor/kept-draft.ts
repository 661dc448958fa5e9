import { isSame } from '../../../schemas/compare/same.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { openDocument } from '../../state/open-document.ts';

/** Work that the server does not have yet. */
export interface KeptDraft {
  document: Flow;
  /** What this browser last knew the server to have, and its revision. */
  saved: Flow;
  revision: number;
  baseVersion: number | null;
  /** ISO 8601, when it was kept. */
  at: string;
}

/** Keeps one author's unsent work on one flow in the browser, so that neither a closed tab nor a server that is away loses it. */
export interface KeptDrafts {
  keep(draft: KeptDraft): void;
  /** What this editor kept is with the server now. */
  forget(): void;
  /** The latest that any tab of this browser kept, and takes it over; null if there is none. */
  takeOver(): KeptDraft | null;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Each tab has a key of its own: two that are offline at once must not overwrite each other. */
export function createKeptDrafts(user: string, flow: string, storage: Storage = localStorage): KeptDrafts {
  const prefix = `sluice:kept:${user}:${flow}:`;
  const own = new Set([prefix + crypto.randomUUID()]);
  const [key = prefix] = own;

  return {
    keep(draft) {
      try {
        storage.setItem(key, JSON.stringify(draft));
      } catch {
        // The browser's room is used up or closed to us: the page still has the work, and asks before it is closed.
      }
    },
    forget() {
      for (const each of own) storage.removeItem(each);
    },
    takeOver() {
      const found = keysOf(storage, prefix).flatMap((each) => {
        const draft = readDraft(storage.getItem(each));
        return draft === null ? [] : [{ key: each, draft }];
      });
      const latest = found.toSorted((a, b) => (a.draft.at < b.draft.at ? 1 : -1))[0];
      if (latest === undefined) return null;
      own.add(latest.key);
      return latest.draft;
    },
  };
}

/** What this browser kept and the server has not: null if there is nothing, or if it reached the server after all. */
export function takeUpUnsent(kept: KeptDrafts, present: Flow): KeptDraft | null {
  const draft = kept.takeOver();
  if (draft === null || !isSame(draft.document, present)) return draft;
  kept.forget();
  return null;
}

function keysOf(storage: Storage, prefix: string): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '').filter((key) =>
    key.startsWith(prefix),
  );
}

function readDraft(text: string | null): KeptDraft | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null) return null;
    const { document, saved, revision, baseVersion, at } = value as Partial<Record<keyof KeptDraft, unknown>>;
    const [opened, former] = [openDocument(document), openDocument(saved)];
    if (!('flow' in opened) || !('flow' in former) || typeof revision !== 'number' || typeof at !== 'string')
      return null;
    return {
      document: opened.flow,
      saved: former.flow,
      revision,
      baseVersion: typeof baseVersion === 'number' ? baseVersion : null,
      at,
    };
  } catch {
    // Cut off or written by something else: nothing that could be drawn.
    return null;
  }
}
