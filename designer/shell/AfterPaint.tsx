import { type ReactNode, startTransition, useEffect, useState } from 'react';

/** Draws its children right after the first picture of what is around them: what a person came for is seen first. */
export function AfterPaint({ children }: { children: ReactNode }) {
  const [isPainted, setIsPainted] = useState(false);
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      // A frame's callbacks run before it is painted; those of the next run after.
      frame = requestAnimationFrame(() => startTransition(() => setIsPainted(true)));
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return isPainted && children;
}
