import { type Node, type NodeHandle, Position as Side } from '@xyflow/react';
import { type Action, outcomesOf } from '../../schemas/actions/index.ts';
import type { Group, Note, Position } from '../../schemas/drawing.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { groupNodeId, noteNodeId } from './blocks.ts';
import { cardSize } from './card-size.ts';
import { cardRect, collapsedRect, type Exit, exitsOf, frameAround } from './groups.ts';

export type ActionNode = Node<{ action: Action; isEntry: boolean }, 'action'>;
/** A collapsed group: one card with the ways out of it. */
export type GroupCardNode = Node<
  { group: Group; groupId: string; members: readonly string[]; exits: readonly Exit[]; isEntry: boolean },
  'group-card'
>;
/** The frame of an expanded group. */
export type FrameNode = Node<{ group: Group; groupId: string; members: readonly string[] }, 'frame'>;
export type NoteNode = Node<{ note: Note; noteId: string }, 'note'>;
export type DrawnNode = ActionNode | GroupCardNode | FrameNode | NoteNode;

export function actionNode(id: string, action: Action, position: Position, isEntry: boolean): ActionNode {
  const outcomes = outcomesOf(action);
  const size = cardSize(outcomes);
  return {
    id,
    type: 'action',
    position,
    ...size,
    // Known, not measured: cards that were never in view count too where the whole flow is fitted to the screen.
    measured: size,
    handles: handlesOf(outcomes, size),
    data: { action, isEntry },
    ariaRole: 'group',
    ariaLabel: isEntry ? `${action.name}, first action` : action.name,
  };
}

export function groupCardNode(sheet: Sheet, id: string, group: Group, members: readonly string[]): GroupCardNode {
  const { x, y, width, height } = collapsedRect(sheet, members);
  const exits = exitsOf(sheet, members);
  return {
    id: groupNodeId(id),
    type: 'group-card',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: handlesOf(
      exits.map(({ action, outcome }) => `${action}:${outcome}`),
      { width, height },
    ),
    data: { group, groupId: id, members, exits, isEntry: members.includes(sheet.entry) },
    ariaRole: 'group',
    ariaLabel: `Group ${group.name}, ${counted(members)}, collapsed`,
  };
}

export function frameNode(sheet: Sheet, id: string, group: Group, members: readonly string[]): FrameNode {
  const { x, y, width, height } = frameAround(members.map((member) => cardRect(sheet, member)));
  return {
    id: groupNodeId(id),
    type: 'frame',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [],
    // Below the cards, and never raised above them: what is selected are its actions.
    zIndex: -2,
    selectable: false,
    connectable: false,
    dragHandle: '.group-handle',
    style: { pointerEvents: 'none' },
    data: { group, groupId: id, members },
    ariaRole: 'group',
    ariaLabel: `Group ${group.name}, ${counted(members)}`,
  };
}

function counted(members: readonly string[]): string {
  return members.length === 1 ? '1 action' : `${members.length} actions`;
}

export function noteNode(id: string, note: Note): NoteNode {
  const { x, y, width, height } = note;
  return {
    id: noteNodeId(id),
    type: 'note',
    position: { x, y },
    width,
    height,
    measured: { width, height },
    handles: [],
    zIndex: -1,
    connectable: false,
    data: { note, noteId: id },
    ariaRole: 'group',
    ariaLabel: note.text === '' ? 'Empty note' : `Note: ${note.text.slice(0, 80)}`,
  };
}

export function isSameNode(a: DrawnNode, b: DrawnNode): boolean {
  return (
    a.type === b.type &&
    a.position.x === b.position.x &&
    a.position.y === b.position.y &&
    a.width === b.width &&
    a.height === b.height &&
    a.ariaLabel === b.ariaLabel &&
    hasSameData(a.data, b.data)
  );
}

/** Documents share what did not change; lists that are made anew for each drawing are compared by what is in them. */
function hasSameData(a: object, b: object): boolean {
  return Object.entries(a).every(([key, value]) => {
    const other: unknown = Reflect.get(b, key);
    return value === other || (Array.isArray(value) && JSON.stringify(value) === JSON.stringify(other));
  });
}

/** Given rather than measured, so that connections are right in the very first frame and after every change of outcomes. */
function handlesOf(outcomes: readonly string[], { width, height }: { width: number; height: number }): NodeHandle[] {
  const size = { width: 1, height: 1 };
  return [
    { type: 'target', position: Side.Top, x: width / 2, y: 0, ...size },
    ...outcomes.map(
      (id, index): NodeHandle => ({
        id,
        type: 'source',
        position: Side.Bottom,
        x: (width * (index + 0.5)) / outcomes.length,
        y: height,
        ...size,
      }),
    ),
  ];
}
