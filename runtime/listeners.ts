/** Tells many of something that happened. A listener must not throw. */
export interface Listeners<T> {
  tell(value: T): void;
  /** Returns how to stop listening. */
  listen(listener: (value: T) => void): () => void;
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    tell(value) {
      for (const listener of listeners) listener(value);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
