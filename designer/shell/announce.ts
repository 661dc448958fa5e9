import { createStore } from 'zustand';

export const announcements = createStore<{ text: string; count: number }>(() => ({ text: '', count: 0 }));

/** Says something to those who cannot see it, once what is said now has been said. */
export function announce(text: string): void {
  announcements.setState(({ count }) => ({ text, count: count + 1 }));
}
