import { useReactFlow } from '@xyflow/react';
import { type MouseEvent, useCallback, useState } from 'react';
import { useCommandContext } from '../commands/useCommands.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import type { OutcomeEdge } from '../graph/outcome-edges.ts';
import type { MenuKind, OpenMenu } from './CanvasMenu.tsx';

/** Right clicks and the menu key. What is under the pointer is selected first, unless it is part of a selection already. */
export function useCanvasMenu() {
  const { store, workbench } = useCommandContext();
  const { screenToFlowPosition } = useReactFlow();
  const [menu, setMenu] = useState<OpenMenu | null>(null);

  const open = useCallback(
    (event: MouseEvent | globalThis.MouseEvent, kind: MenuKind) => {
      event.preventDefault();
      const at = { x: event.clientX, y: event.clientY };
      workbench.getState().setPlace(screenToFlowPosition(at));
      setMenu({ kind, at });
    },
    [screenToFlowPosition, workbench],
  );

  const onNodeContextMenu = useCallback(
    (event: MouseEvent, node: DrawnNode) => {
      const { selection, selectedNotes, select } = store.getState();
      if (node.type === 'note') {
        if (!selectedNotes.includes(node.data.noteId)) select([], [], [node.data.noteId]);
        return open(event, 'note');
      }
      const actions = node.type === 'action' ? [node.id] : node.data.members;
      if (!actions.every((id) => selection.includes(id))) select(actions);
      const isMore = store.getState().selection.length > actions.length;
      open(event, isMore ? 'cards' : node.type === 'action' ? 'card' : 'group');
    },
    [open, store],
  );

  const onEdgeContextMenu = useCallback(
    (event: MouseEvent, { data }: OutcomeEdge) => {
      if (data !== undefined) store.getState().select([], [{ action: data.action, outcome: data.outcome }]);
      open(event, 'connection');
    },
    [open, store],
  );

  const close = useCallback(() => {
    setMenu(null);
    workbench.getState().setPlace(null);
  }, [workbench]);

  return {
    menu,
    close,
    handlers: {
      onNodeContextMenu,
      onEdgeContextMenu,
      onPaneContextMenu: useCallback((event: MouseEvent | globalThis.MouseEvent) => open(event, 'canvas'), [open]),
      onSelectionContextMenu: useCallback((event: MouseEvent) => open(event, 'cards'), [open]),
    },
  };
}
