import type { Position } from '../../schemas/drawing.ts';

/** What commands ask of the canvas. It names cards as the document does; a collapsed group is `group:` and its id, a note `note:` and its id. */
export interface CanvasView {
  fitAll(): void;
  /** Brings these actions into view, as large as they can be read. */
  fit(actions: readonly string[]): void;
  zoomTo(zoom: number): void;
  zoomIn(): void;
  zoomOut(): void;
  /** The card, group or note that has the keyboard; null if none has. */
  focused(): string | null;
  /** Gives a card the keyboard, once it is drawn, and brings it into view. */
  focus(card: string): void;
  /** The middle of what is on screen. */
  centre(): Position;
}
