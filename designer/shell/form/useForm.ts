import { useState } from 'react';

interface Form<T> {
  value: T;
  change: (part: Partial<T>) => void;
  isChanged: boolean;
  /** Back to what is stored. */
  undo: () => void;
}

/** A form over what is stored: until somebody types, it follows what others save meanwhile. */
export function useForm<T extends object>(stored: T): Form<T> {
  const [edited, setEdited] = useState<T | null>(null);
  const value = edited ?? stored;
  return {
    value,
    change: (part) => setEdited((before) => ({ ...(before ?? stored), ...part })),
    isChanged: edited !== null && JSON.stringify(edited) !== JSON.stringify(stored),
    undo: () => setEdited(null),
  };
}
