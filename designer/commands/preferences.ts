import { createStore } from 'zustand';
import { persist } from 'zustand/middleware';

interface Preferences {
  miniMap: boolean;
  /** Cards that are dragged come into line with others. */
  guides: boolean;
  /** Cards that are dragged stand on the grid. */
  grid: boolean;
}

export type Preference = keyof Preferences;

/** How somebody likes the canvas, kept in the browser. */
export const preferences = createStore<Preferences>()(
  persist((): Preferences => ({ miniMap: true, guides: true, grid: false }), { name: 'sluice-canvas' }),
);

export function togglePreference(name: Preference): void {
  preferences.setState((state) => ({ [name]: !state[name] }));
}
