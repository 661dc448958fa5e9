import { createContext, type ReactNode, use, useEffect, useState } from 'react';

const NowContext = createContext(Date.now());

/** Every relative time on the page moves on together, four times a minute. */
export function NowProvider({ children }: { children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);

  return <NowContext value={now}>{children}</NowContext>;
}

/** Milliseconds since the epoch; at most 15 s old. */
export function useNow(): number {
  return use(NowContext);
}
