/** How far somebody has come who writes into a template before its editor is there. */
export interface Writing {
  /** Characters before the caret. */
  caret: number;
  /** The last keys pressed were those that ask what can stand here. */
  asksForOffers: boolean;
}
