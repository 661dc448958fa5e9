import type { Flow } from '../../../schemas/flow.ts';
import { pointerSegments, resolvePointer } from '../../../schemas/json-pointer.ts';
import type { FlowCommand } from '../../state/commands/command.ts';

/**
 * Puts a value where a JSON pointer into the document leads; undefined takes the key away. Nothing happens where the pointer leads
 * nowhere any more: the problem was older than the document.
 */
export function setAt(pointer: string, value: unknown, label: string): FlowCommand {
  const segments = pointerSegments(pointer) ?? [];
  return {
    label,
    applyToFlow: (before) => {
      const last = segments.at(-1);
      const parent = resolvePointer(before, pointerOf(pointer));
      const isThere =
        last !== undefined && typeof parent === 'object' && parent !== null && Object.hasOwn(parent, last);
      if (!isThere || resolvePointer(before, pointer) === value) return before;
      // What stands there after the change is of the shape that the fix knows; the checks look at it again.
      return changed(before, segments, value) as Flow;
    },
  };
}

function changed(node: unknown, [segment, ...rest]: readonly string[], value: unknown): unknown {
  if (segment === undefined) return value;
  if (Array.isArray(node)) {
    return node.map((item, index) => (String(index) === segment ? changed(item, rest, value) : item));
  }
  const entries = Object.entries(Object(node)).map(([key, part]): [string, unknown] => [
    key,
    key === segment ? changed(part, rest, value) : part,
  ]);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
}

function pointerOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}
