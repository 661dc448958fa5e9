import { useReactFlow } from '@xyflow/react';
import { type DragEvent, useCallback } from 'react';
import { type ActionType, isActionType, isEnding } from '../../schemas/actions/index.ts';
import { connectionOf } from '../graph/graph-to-flow.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import type { OutcomeEdge } from '../graph/outcome-edges.ts';
import { dragFormat } from '../palette/ActionTypeList.tsx';
import { addAction } from '../state/commands/add-action.ts';
import { insertOnConnection } from '../state/commands/insert-on-connection.ts';
import { openedSheet } from '../state/editor-store.ts';
import { newCardSize } from '../state/free-place.ts';
import { useEditorStore } from '../state/useEditor.ts';

/** Dropping an action type: onto a connection it goes in between, anywhere else it stands alone. */
export function useDropping() {
  const store = useEditorStore();
  const { screenToFlowPosition, getEdge } = useReactFlow<DrawnNode, OutcomeEdge>();

  const onDragOver = useCallback((event: DragEvent) => {
    if (!event.dataTransfer.types.includes(dragFormat)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  }, []);

  const onDrop = useCallback(
    (event: DragEvent) => {
      const type = event.dataTransfer.getData(dragFormat);
      if (!isActionType(type)) return;
      event.preventDefault();
      const position = centred(type, screenToFlowPosition({ x: event.clientX, y: event.clientY }));
      const { run } = store.getState();
      const sheet = openedSheet(store.getState());
      const edge = getEdge(edgeIdAt(event.clientX, event.clientY) ?? '');
      const from = edge === undefined ? null : connectionOf(edge);
      run(
        from === null || isEnding(type)
          ? addAction(sheet, { type, position })
          : insertOnConnection(sheet, { type, from, position }),
      );
    },
    [getEdge, screenToFlowPosition, store],
  );

  return { onDragOver, onDrop };
}

/** The pointer holds the card by its middle. */
export function centred(type: ActionType, { x, y }: { x: number; y: number }) {
  const { width, height } = newCardSize(type);
  return { x: Math.round(x - width / 2), y: Math.round(y - height / 2) };
}

function edgeIdAt(x: number, y: number): string | null {
  const element = document.elementsFromPoint(x, y).find((each) => each.closest('.react-flow__edge') !== null);
  return element?.closest('.react-flow__edge')?.getAttribute('data-id') ?? null;
}
