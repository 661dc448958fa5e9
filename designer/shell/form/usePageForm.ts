import { useEffect, useRef, useState } from 'react';
import { useUnsavedGuard } from '../useUnsavedGuard.ts';

interface PageForm<T> {
  value: T;
  change: (part: Partial<T>) => void;
  isUnsaved: boolean;
}

interface PageFormOptions<T, R> {
  /** What stands in the fields at first. */
  start: () => T;
  /** What the server has stored; undefined until it has. */
  saved: R | undefined;
  /** Leaves the page. */
  onSaved: (saved: R) => void;
}

/** A form that fills a page: leaving it with edits asks first, and once all is saved it is left without a question. */
export function usePageForm<T extends object, R>({ start, saved, onSaved }: PageFormOptions<T, R>): PageForm<T> {
  const [stored] = useState(start);
  const [value, setValue] = useState(stored);
  const isUnsaved = saved === undefined && JSON.stringify(value) !== JSON.stringify(stored);
  useUnsavedGuard(isUnsaved);
  const latest = useRef(onSaved);
  latest.current = onSaved;
  useEffect(() => {
    // Only once nothing is unsaved any more: leaving would ask otherwise.
    if (saved !== undefined) latest.current(saved);
  }, [saved]);
  return { value, change: (part) => setValue((before) => ({ ...before, ...part })), isUnsaved };
}
