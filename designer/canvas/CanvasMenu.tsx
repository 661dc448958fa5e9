import { Menu } from '@mantine/core';
import { Fragment } from 'react';
import { CommandMenuItem } from '../commands/CommandMenuItem.tsx';
import type { CommandId } from '../commands/command-table.ts';

export type MenuKind = 'card' | 'cards' | 'group' | 'note' | 'connection' | 'canvas';

export interface OpenMenu {
  kind: MenuKind;
  at: { x: number; y: number };
}

/** What a menu offers, by what it was opened on; a line between the parts. */
const menus: Readonly<Record<MenuKind, readonly (readonly CommandId[])[]>> = {
  card: [
    ['edit-action', 'open-called', 'connect', 'insert-after', 'replace', 'start-here'],
    ['cut', 'copy', 'duplicate'],
    ['select-downstream', 'select-upstream', 'collapse-branch', 'group', 'extract-task'],
    ['delete', 'delete-gap'],
  ],
  cards: [
    ['cut', 'copy', 'duplicate'],
    ['align-left', 'align-centre', 'align-top', 'align-middle', 'distribute-across', 'distribute-down'],
    ['arrange-selected', 'group', 'leave-group', 'extract-task'],
    ['delete', 'delete-gap'],
  ],
  group: [
    ['toggle-group', 'ungroup'],
    ['cut', 'copy', 'duplicate'],
    ['arrange-selected', 'fit-selection'],
    ['delete', 'delete-gap'],
  ],
  note: [['cut', 'copy', 'duplicate'], ['delete']],
  connection: [['delete']],
  canvas: [
    ['add-action', 'add-note', 'new-task', 'paste', 'select-all'],
    ['arrange', 'expand-all'],
    ['fit-all', 'zoom-100', 'find'],
    ['mini-map', 'guides', 'grid'],
  ],
};

interface CanvasMenuProps {
  menu: OpenMenu | null;
  onClose: () => void;
}

/** The menu of a right click, or of the menu key, at the place where it was asked for. */
export function CanvasMenu({ menu, onClose }: CanvasMenuProps) {
  return (
    <Menu
      opened={menu !== null}
      onClose={onClose}
      // To the side: the menu then moves up as far as it needs to stay in the window.
      position="right-start"
      offset={2}
      width={330}
      shadow="md"
      withinPortal
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <div
          aria-hidden
          style={{ position: 'fixed', left: menu?.at.x ?? 0, top: menu?.at.y ?? 0, width: 1, height: 1 }}
        />
      </Menu.Target>
      <Menu.Dropdown aria-label="Commands">
        {menu !== null &&
          menus[menu.kind].map((part, index) => (
            <Fragment key={part[0]}>
              {index > 0 && <Menu.Divider />}
              {part.map((id) => (
                <CommandMenuItem key={id} id={id} />
              ))}
            </Fragment>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
