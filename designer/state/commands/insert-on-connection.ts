import { type ActionType, actionTypes, outcomesOf } from '../../../schemas/actions/index.ts';
import type { Position } from '../../../schemas/drawing.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import { blocksOf, placesOf } from '../../graph/blocks.ts';
import { cardSize } from '../../graph/card-size.ts';
import { cardRect } from '../../graph/groups.ts';
import { type SheetCommand, withAction, withNext } from './command.ts';
import { freeId } from './free-id.ts';
import { joinGroupOf } from './group-actions.ts';
import { newAction } from './new-action.ts';

interface InsertOnConnection {
  type: ActionType;
  from: { action: string; outcome: string };
  position: Position;
}

/** What is kept free above and below an inserted card. */
const gap = 44;

/** Puts an action between two, moving what is below down if there is no room: the new one's first outcome goes on to where the connection led. */
export function insertOnConnection(sheet: Sheet, { type, from, position }: InsertOnConnection): SheetCommand {
  const id = freeId(sheet.actions, type);
  return {
    label: `Insert ${actionTypes[type].title.toLowerCase()}`,
    select: [id],
    apply: (before) => {
      const target = before.actions[from.action]?.next?.[from.outcome];
      if (target === undefined) return before;
      const inserted = newAction(type);
      const [first] = outcomesOf(inserted);
      const roomy = makeRoom(before, { from: from.action, to: target, height: cardSize(outcomesOf(inserted)).height });
      const added = {
        ...before,
        actions: {
          ...before.actions,
          [id]: first === undefined ? inserted : withNext(inserted, { [first]: target }),
        },
        layout: { ...before.layout, ...roomy.layout, [id]: { x: position.x, y: roomy.y ?? position.y } },
      };
      const connected = withAction(added, from.action, (action) =>
        withNext(action, { ...action.next, [from.outcome]: id }),
      );
      return joinGroupOf(connected, id, [from.action, target]);
    },
  };
}

/** Where the new card comes to lie, and where all that is at the height of the target or below it goes, if the gap between the two is too small. */
function makeRoom(
  sheet: Sheet,
  { from, to, height }: { from: string; to: string; height: number },
): { layout: Record<string, Position>; y?: number } {
  const above = cardRect(sheet, from);
  const below = cardRect(sheet, to);
  const bottom = above.y + above.height;
  const missing = height + 2 * gap - (below.y - bottom);
  if (below.y < bottom || missing <= 0) return { layout: {} };
  const moved = blocksOf(sheet)
    .filter(({ rect }) => rect.y >= below.y)
    .map((block) => [block, { x: block.rect.x, y: block.rect.y + missing }] as const);
  return { layout: placesOf(sheet, moved), y: bottom + gap };
}
