import type { Position } from '../../../schemas/flow.ts';
import type { SheetCommand } from './command.ts';

/** Puts actions elsewhere on the canvas. `burst` joins the steps of an arrow key that is held down. */
export function moveActions(positions: Readonly<Record<string, Position>>, burst?: string): SheetCommand {
  const count = Object.keys(positions).length;
  return {
    label: count === 1 ? 'Move action' : `Move ${count} actions`,
    ...(burst === undefined ? {} : { burst }),
    apply: (before) => {
      const moved = Object.entries(positions).filter(([id, to]) => {
        const from = before.layout?.[id];
        return Object.hasOwn(before.actions, id) && (from?.x !== to.x || from?.y !== to.y);
      });
      return moved.length === 0 ? before : { ...before, layout: { ...before.layout, ...Object.fromEntries(moved) } };
    },
  };
}
