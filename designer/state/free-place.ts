import { type ActionType, outcomesOf } from '../../schemas/actions/index.ts';
import type { Position } from '../../schemas/drawing.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { type CardSize, cardSize } from '../graph/card-size.ts';
import type { OutcomeRef } from './commands/disconnect-outcome.ts';
import { newAction } from './commands/new-action.ts';

const gap = { x: 44, y: 64 };

/** How large the card of a fresh action will be. */
export function newCardSize(type: ActionType): CardSize {
  return cardSize(outcomesOf(newAction(type)));
}

/** A place that covers no other card: below the outcome that it follows, moved right as far as needed; else below everything. */
export function freePlace(sheet: Sheet, after: OutcomeRef | undefined, type: ActionType): Position {
  const boxes = Object.entries(sheet.actions).map(([id, action]) => ({
    id,
    ...cardSize(outcomesOf(action)),
    ...(sheet.layout?.[id] ?? { x: 0, y: 0 }),
  }));
  const { width, height } = newCardSize(type);
  const from = boxes.find(({ id }) => id === after?.action);
  if (from === undefined || after === undefined) {
    const bottom = Math.max(0, ...boxes.map((box) => box.y + box.height + gap.y));
    return { x: boxes[0]?.x ?? 0, y: bottom };
  }
  const outcomes = sheet.actions[from.id];
  const names = outcomes === undefined ? [] : outcomesOf(outcomes);
  const index = Math.max(0, names.indexOf(after.outcome));
  // Each outcome has its own column, so that yes and no part to the left and right.
  const centre = from.x + from.width / 2 + (index - (names.length - 1) / 2) * (cardSize([]).width + gap.x);
  const place = { x: Math.round(centre - width / 2), y: from.y + from.height + gap.y };
  const collides = () =>
    boxes.some(
      (box) =>
        place.x < box.x + box.width + 12 &&
        box.x < place.x + width + 12 &&
        place.y < box.y + box.height + 12 &&
        box.y < place.y + height + 12,
    );
  while (collides()) place.x += gap.x;
  return place;
}
