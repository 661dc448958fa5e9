import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconGripVertical, IconX } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Logic } from '../../../schemas/logic.ts';
import { type Path, readGroup, rebuild, replacePart, writeGroup } from '../groups.ts';
import classes from './Builder.module.css';
import { useBuilder } from './BuilderContext.ts';

interface PartFrameProps {
  logic: Logic;
  path: Path;
  siblings: readonly Logic[];
  isGroup: boolean;
  children: ReactNode;
}

/** What all parts have: a handle to move them by mouse or arrow keys, a menu, a way to be dropped beside, a button to remove them. */
export function PartFrame({ logic, path, siblings, isGroup, children }: PartFrameProps) {
  const { edit, move, isReadOnly, dragged, drag } = useBuilder();
  const [side, setSide] = useState<'before' | 'after' | null>(null);
  const group = path.slice(0, -1);
  const index = path.at(-1) ?? 0;
  const noun = isGroup ? 'group' : 'condition';
  if (isReadOnly) return <div className={classes.part}>{children}</div>;

  const step = (event: KeyboardEvent) => {
    const isUp = event.key === 'ArrowUp';
    if (!isUp && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const target = isUp ? placeAbove(path, siblings) : placeBelow(path, siblings);
    if (target !== null) move(path, target);
  };
  const over = (event: DragEvent) => {
    if (dragged === null) return;
    event.preventDefault();
    event.stopPropagation();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    setSide(event.clientY < top + height / 2 ? 'before' : 'after');
  };
  const drop = (event: DragEvent) => {
    if (dragged === null) return;
    event.preventDefault();
    event.stopPropagation();
    move(dragged, { group, index: side === 'after' ? index + 1 : index });
    setSide(null);
    drag(null);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; the handle does the same with arrow keys
    <div
      className={classes.part}
      data-side={side ?? undefined}
      data-dragged={dragged?.join('.') === path.join('.') || undefined}
      onDragOver={over}
      onDragLeave={() => setSide(null)}
      onDrop={drop}
    >
      <div className={classes.tools}>
        <ActionIcon
          size={20}
          className={classes.handle}
          aria-label={`Move this ${noun}: drag, or press up and down`}
          data-handle={path.join('.')}
          draggable
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('application/x-sluice-condition', path.join('.'));
            event.stopPropagation();
            drag(path);
          }}
          onDragEnd={() => drag(null)}
          onKeyDown={step}
        >
          <IconGripVertical size={13} />
        </ActionIcon>
      </div>
      <div className={classes.content}>{children}</div>
      <div className={classes.tools}>
        <ActionIcon
          size={20}
          aria-label={`Remove this ${noun}`}
          onClick={() => edit((root) => rebuild(root, { remove: path }))}
        >
          <IconX size={13} />
        </ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={20} aria-label={`More for this ${noun}`}>
              <IconDots size={13} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              onClick={() =>
                edit((root) => rebuild(root, { insert: { group, index: index + 1, logic: structuredClone(logic) } }))
              }
            >
              Duplicate
            </Menu.Item>
            <Menu.Item
              onClick={() => edit((root) => replacePart(root, path, writeGroup({ how: 'any', parts: [logic] })))}
            >
              Put into a group
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  );
}

/** The next place up: within the group, into a group above, or out of this one. Null at the top. */
function placeAbove(path: Path, siblings: readonly Logic[]): { group: Path; index: number } | null {
  const group = path.slice(0, -1);
  const index = path.at(-1) ?? 0;
  const above = siblings[index - 1];
  if (above === undefined) return group.length === 0 ? null : { group: group.slice(0, -1), index: group.at(-1) ?? 0 };
  const inner = readGroup(above);
  return inner === null ? { group, index: index - 1 } : { group: [...group, index - 1], index: inner.parts.length };
}

function placeBelow(path: Path, siblings: readonly Logic[]): { group: Path; index: number } | null {
  const group = path.slice(0, -1);
  const index = path.at(-1) ?? 0;
  const below = siblings[index + 1];
  if (below === undefined) {
    return group.length === 0 ? null : { group: group.slice(0, -1), index: (group.at(-1) ?? 0) + 1 };
  }
  return readGroup(below) === null ? { group, index: index + 2 } : { group: [...group, index + 1], index: 0 };
}
