import type { Position } from '../../schemas/flow.ts';

/** What commands ask of the canvas, in words that know nothing of how it is drawn. */
export interface CanvasView {
  fitAll(): void;
  /** Brings these actions into view, as large as they can be read. */
  fit(actions: readonly string[]): void;
  zoomTo(zoom: number): void;
  /** The action whose card has the keyboard; null if none has. */
  focused(): string | null;
  /** The middle of what is on screen. */
  centre(): Position;
}
