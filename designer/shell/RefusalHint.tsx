import { Paper, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { followPointer, forgetRefusal, refusals } from './notify-refused.ts';
import classes from './RefusalHint.module.css';

/** What the hint takes up at most, so that it stays within the window. */
const room = { x: 310, y: 90 };

/** The sentence that says why a gesture was refused, where the person made it. Any further press makes it go. */
export function RefusalHint() {
  const { message, at } = useStore(refusals);

  useEffect(() => {
    window.addEventListener('pointermove', followPointer, { passive: true });
    window.addEventListener('pointerdown', forgetRefusal, { passive: true });
    return () => {
      window.removeEventListener('pointermove', followPointer);
      window.removeEventListener('pointerdown', forgetRefusal);
      forgetRefusal();
    };
  }, []);

  // The region stays, so that screen readers hear what comes into it.
  return (
    <div
      role="alert"
      className={classes.hint}
      style={{ left: Math.min(at.x, window.innerWidth - room.x), top: Math.min(at.y, window.innerHeight - room.y) }}
    >
      {message !== null && (
        <Paper className={classes.paper} shadow="md" radius="md">
          <Text size="xs">{message}</Text>
        </Paper>
      )}
    </div>
  );
}
