/**
 * Who may write now. SQLite has one writer at a time, and whoever waits for it blocks its whole thread; so the connections of one process
 * ask each other first.
 */
export interface Turns {
  /** Resolves, in the order of asking, when nobody else writes; call what it gives back when done. */
  take(): Promise<() => void>;
  /** Whether somebody waits: whoever has the turn should come to an end. */
  isWanted(): boolean;
}

export function createTurns(): Turns {
  const waiting: (() => void)[] = [];
  let taken = false;

  function leave(): void {
    const next = waiting.shift();
    if (next === undefined) taken = false;
    else next();
  }

  return {
    async take() {
      if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
      taken = true;
      return leave;
    },
    isWanted: () => waiting.length > 0,
  };
}
