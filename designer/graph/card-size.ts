/** Cards have a size that follows from their outcomes alone: the canvas need not measure them, and the layout is the same everywhere. */
export interface CardSize {
  width: number;
  height: number;
}

const leastWidth = 236;
const outcomeWidth = 84;
const bodyHeight = 66;
const outcomesHeight = 28;

export function cardSize(outcomes: readonly string[]): CardSize {
  return hasOutcomeLabels(outcomes)
    ? { width: Math.max(leastWidth, outcomes.length * outcomeWidth), height: bodyHeight + outcomesHeight }
    : { width: leastWidth, height: bodyHeight };
}

/** A single way on needs no name on the card. */
export function hasOutcomeLabels(outcomes: readonly string[]): boolean {
  return outcomes.length > 1;
}
