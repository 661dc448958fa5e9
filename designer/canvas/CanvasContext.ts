import { createContext } from 'react';

/** What every card and connection of one canvas needs to know of it, asked once for all of them. */
interface CanvasSurroundings {
  /** Where the labels of connections are drawn; null until the canvas stands. */
  labels: HTMLElement | null;
  /** True while a big flow is so far away that nothing on a card can be read: cards are then drawn without what cannot be seen. */
  isFar: boolean;
}

export const CanvasContext = createContext<CanvasSurroundings>({ labels: null, isFar: false });
