import { createStore } from 'zustand';

interface Refusal {
  /** One sentence why; null while nothing was refused lately. */
  message: string | null;
  /** Where on the screen the person is looking. */
  at: { x: number; y: number };
}

export const refusals = createStore<Refusal>(() => ({ message: null, at: { x: 0, y: 0 } }));

/** Long enough to read a sentence twice. */
const shownMs = 5_000;
let timer: ReturnType<typeof setTimeout> | undefined;
let pointer = { x: 0, y: 0 };

/** Follows the pointer, so that a refusal can be said where it is. */
export function followPointer({ clientX, clientY }: { clientX: number; clientY: number }): void {
  pointer = { x: clientX, y: clientY };
}

/** Says in one sentence, near the pointer or the focused card, why a gesture was refused; the next refusal takes its place. */
export function notifyRefused(message: string): void {
  clearTimeout(timer);
  refusals.setState({ message, at: placeOfAttention() });
  timer = setTimeout(forgetRefusal, shownMs);
}

export function forgetRefusal(): void {
  clearTimeout(timer);
  refusals.setState({ message: null });
}

function placeOfAttention(): { x: number; y: number } {
  const focused = document.activeElement;
  if (focused === null || !focused.matches(':focus-visible')) return pointer;
  const { left, bottom, width } = focused.getBoundingClientRect();
  return { x: left + Math.min(width / 2, 120), y: bottom };
}
