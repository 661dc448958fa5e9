import { VisuallyHidden } from '@mantine/core';
import { useStore } from 'zustand';
import { announcements } from './announce.ts';

/** What screen readers hear of what happens on the canvas. */
export function Announcer() {
  const { text, count } = useStore(announcements);
  return (
    <VisuallyHidden aria-live="polite" data-announcer>
      {/* The same words twice are said twice. */}
      <span key={count}>{text}</span>
    </VisuallyHidden>
  );
}
