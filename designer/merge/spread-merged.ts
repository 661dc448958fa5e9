import { outcomesOf } from '../../schemas/actions/index.ts';
import type { Flow } from '../../schemas/flow.ts';
import { findSheet, type Sheet, type SheetId, withSheet } from '../../schemas/sheet.ts';
import { cardSize } from '../graph/card-size.ts';
import { placeMissing } from '../graph/layout-flow.ts';
import { placeApart } from '../graph/place-apart.ts';

/** The merged flow with cards beside each other where both sides put new ones in the same place. Theirs stay where they are. */
export function spreadMerged(merged: Flow, mine: Flow, theirs: Flow): Flow {
  const sheets: SheetId[] = [null, ...Object.keys(merged.tasks ?? {})];
  return sheets.reduce<Flow>((flow, id) => {
    const [ours, others] = [findSheet(mine, id)?.actions ?? {}, findSheet(theirs, id)?.actions ?? {}];
    return withSheet(flow, id, (sheet) => {
      const placed = placeMissing(sheet);
      const boxes = Object.keys(placed.actions).map((action) => boxOf(placed, action));
      const isMine = ({ id: action }: { id: string }) => !Object.hasOwn(others, action);
      const isTheirs = ({ id: action }: { id: string }) => !Object.hasOwn(ours, action);
      const theirNew = boxes.filter(isTheirs);
      const inTheWay = boxes.filter((box) => isMine(box) && placeApart([box], theirNew)[0]?.x !== box.x);
      const moved = placeApart(
        inTheWay,
        boxes.filter((box) => !inTheWay.includes(box)),
      );
      if (moved.length === 0) return placed;
      const layout = Object.fromEntries(moved.map(({ id: action, x, y }) => [action, { x, y }]));
      return { ...placed, layout: { ...placed.layout, ...layout } };
    });
  }, merged);
}

function boxOf(sheet: Sheet, id: string) {
  const action = sheet.actions[id];
  const place = sheet.layout?.[id] ?? { x: 0, y: 0 };
  return { id, ...place, ...cardSize(action === undefined ? [] : outcomesOf(action)) };
}
