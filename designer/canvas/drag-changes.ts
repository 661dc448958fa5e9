import type { NodeChange, NodePositionChange } from '@xyflow/react';
import { frameAround } from '../graph/groups.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import { boundsOf, type Rect } from '../graph/rect.ts';

/** A frame that is dragged takes its cards along: each of them moves by as much. */
export function withFramedCards(
  changes: readonly NodeChange<DrawnNode>[],
  nodes: readonly DrawnNode[],
): NodeChange<DrawnNode>[] {
  const moved = new Set(changes.flatMap((change) => (change.type === 'position' ? [change.id] : [])));
  return changes.flatMap((change) => {
    if (change.type !== 'position' || change.position === undefined) return [change];
    const frame = nodes.find(({ id }) => id === change.id);
    if (frame?.type !== 'frame') return [change];
    const by = { x: change.position.x - frame.position.x, y: change.position.y - frame.position.y };
    const inside = new Set(frame.data.members);
    const cards = nodes.filter(({ id }) => inside.has(id) && !moved.has(id));
    return [
      change,
      ...cards.map(
        ({ id, position }): NodePositionChange => ({
          ...change,
          id,
          position: { x: position.x + by.x, y: position.y + by.y },
        }),
      ),
    ];
  });
}

/** The nodes with every frame around its cards, wherever they are by now. */
export function withFramesFitted(nodes: DrawnNode[], moved: ReadonlySet<string>): DrawnNode[] {
  const isConcerned = (node: DrawnNode) => node.type === 'frame' && node.data.members.some((id) => moved.has(id));
  if (!nodes.some(isConcerned)) return nodes;
  const places = new Map(nodes.map((node) => [node.id, rectOf(node)]));
  return nodes.map((node) => {
    if (node.type !== 'frame' || !isConcerned(node)) return node;
    const rects = node.data.members.flatMap((id) => places.get(id) ?? []);
    const { x, y, width, height } = frameAround(rects);
    return { ...node, position: { x, y }, width, height, measured: { width, height } };
  });
}

/** What a drag moves together, and everything that it could come into line with. */
export function draggedAndOthers(
  changes: readonly NodePositionChange[],
  nodes: readonly DrawnNode[],
): { dragged: Rect | null; others: Rect[] } {
  const to = new Map(changes.flatMap(({ id, position }) => (position === undefined ? [] : [[id, position] as const])));
  const dragged: Rect[] = [];
  const others: Rect[] = [];
  for (const node of nodes) {
    const position = to.get(node.id);
    if (node.type === 'frame') continue;
    if (position === undefined) others.push(rectOf(node));
    else dragged.push({ ...rectOf(node), ...position });
  }
  return { dragged: boundsOf(dragged), others };
}

function rectOf({ position, width = 0, height = 0 }: DrawnNode): Rect {
  return { ...position, width, height };
}
