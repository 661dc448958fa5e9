import { type FinalConnectionState, type IsValidConnection, useReactFlow } from '@xyflow/react';
import { useCallback, useState } from 'react';
import type { OutcomeEdge } from '../graph/flow-to-graph.ts';
import { connectionOf } from '../graph/graph-to-flow.ts';
import { notifyRefused } from '../shell/notify-refused.ts';
import { connect, whyNotConnect } from '../state/commands/connect.ts';
import type { OutcomeRef } from '../state/commands/disconnect-outcome.ts';
import { openedSheet } from '../state/editor-store.ts';
import { useEditorStore } from '../state/useEditor.ts';

/** Where a connection was let go over the empty canvas. */
export interface LooseEnd {
  from: OutcomeRef;
  screen: { x: number; y: number };
  flow: { x: number; y: number };
}

interface Link {
  source: string;
  sourceHandle?: string | null | undefined;
  target: string;
}

/** Drawing connections: what may be connected, what is said when it may not, and what follows over the empty canvas. */
export function useConnecting() {
  const store = useEditorStore();
  const { screenToFlowPosition } = useReactFlow();
  const [looseEnd, setLooseEnd] = useState<LooseEnd | null>(null);

  const isValidConnection: IsValidConnection<OutcomeEdge> = useCallback(
    (link) => {
      const connection = connectionOf(link);
      return connection !== null && whyNotConnect(openedSheet(store.getState()), connection) === null;
    },
    [store],
  );

  const onConnect = useCallback(
    (link: Link) => {
      const connection = connectionOf(link);
      if (connection !== null) store.getState().run(connect(connection));
    },
    [store],
  );

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, { fromNode, fromHandle, toNode, isValid }: FinalConnectionState) => {
      const outcome = fromHandle?.type === 'source' ? fromHandle.id : null;
      if (fromNode === null || isValid === true) return;
      if (toNode !== null) {
        const connection = connectionOf({ source: fromNode.id, sourceHandle: outcome ?? null, target: toNode.id });
        const reason =
          connection === null
            ? 'A connection starts at an outcome, at the lower edge of a card.'
            : whyNotConnect(openedSheet(store.getState()), connection);
        if (reason !== null) notifyRefused(reason);
        return;
      }
      if (outcome === null || outcome === undefined) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (point === undefined) return;
      const screen = { x: point.clientX, y: point.clientY };
      setLooseEnd({ from: { action: fromNode.id, outcome }, screen, flow: screenToFlowPosition(screen) });
    },
    [screenToFlowPosition, store],
  );

  return {
    isValidConnection,
    onConnect,
    onConnectEnd,
    looseEnd,
    closeLooseEnd: useCallback(() => setLooseEnd(null), []),
  };
}
