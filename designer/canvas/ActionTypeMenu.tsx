import { Popover } from '@mantine/core';
import type { ActionType } from '../../schemas/actions/index.ts';
import { ActionTypeList } from '../palette/ActionTypeList.tsx';

interface ActionTypeMenuProps {
  /** Where on the screen it opens; null while it is closed. */
  at: { x: number; y: number } | null;
  onPick: (type: ActionType) => void;
  onClose: () => void;
}

/** The palette at a point of the canvas: where a connection was let go, or where an action is to go in between. */
export function ActionTypeMenu({ at, onPick, onClose }: ActionTypeMenuProps) {
  return (
    <Popover
      opened={at !== null}
      onChange={(opened) => !opened && onClose()}
      width={300}
      shadow="md"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <div aria-hidden style={{ position: 'fixed', left: at?.x ?? 0, top: at?.y ?? 0, width: 1, height: 1 }} />
      </Popover.Target>
      <Popover.Dropdown p={8} h={400} aria-label="Add an action">
        <ActionTypeList onPick={onPick} autoFocus />
      </Popover.Dropdown>
    </Popover>
  );
}
