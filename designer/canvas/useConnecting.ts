import { type FinalConnectionState, type IsValidConnection, useReactFlow } from '@xyflow/react';
import { useCallback, useState } from 'react';
import type { Sheet } from '../../schemas/sheet.ts';
import { connectionOf, targetOf } from '../graph/graph-to-flow.ts';
import type { OutcomeEdge } from '../graph/outcome-edges.ts';
import { notifyRefused } from '../shell/notify-refused.ts';
import { type Connection, connect, whyNotConnect } from '../state/commands/connect.ts';
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

  const read = useCallback((link: Link) => readLink(openedSheet(store.getState()), link), [store]);

  const isValidConnection: IsValidConnection<OutcomeEdge> = useCallback((link) => !('reason' in read(link)), [read]);

  const onConnect = useCallback(
    (link: Link) => {
      const connection = read(link);
      if ('reason' in connection) notifyRefused(connection.reason);
      else store.getState().run(connect(connection));
    },
    [read, store],
  );

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, { fromNode, fromHandle, toNode, isValid }: FinalConnectionState) => {
      if (fromNode === null || isValid === true) return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (point === undefined) return;
      const screen = { x: point.clientX, y: point.clientY };
      const outcome = fromHandle?.type === 'source' ? (fromHandle.id ?? null) : null;
      // Anywhere on a card will do: nobody should have to meet the small circle.
      const target = toNode?.id ?? cardAt(screen);
      if (target !== null) {
        onConnect({ source: fromNode.id, sourceHandle: outcome, target });
        return;
      }
      const from = connectionOf({ source: fromNode.id, sourceHandle: outcome, target: '' });
      if (from === null) return;
      const { action, outcome: name } = from;
      setLooseEnd({ from: { action, outcome: name }, screen, flow: screenToFlowPosition(screen) });
    },
    [onConnect, screenToFlowPosition],
  );

  return {
    isValidConnection,
    onConnect,
    onConnectEnd,
    looseEnd,
    closeLooseEnd: useCallback(() => setLooseEnd(null), []),
  };
}

/** The connection that a link means in the document, or why there can be none, in one sentence. */
function readLink(sheet: Sheet, link: Link): Connection | { reason: string } {
  const connection = connectionOf(link);
  if (connection === null) return { reason: 'A connection starts at an outcome, at the lower edge of a card.' };
  const to = targetOf(sheet, link.target);
  if ('reason' in to) return to;
  const reason = whyNotConnect(sheet, { ...connection, target: to.target });
  return reason === null ? { ...connection, target: to.target } : { reason };
}

function cardAt({ x, y }: { x: number; y: number }): string | null {
  const card = document
    .elementsFromPoint(x, y)
    .map((element) => element.closest('.react-flow__node-action, .react-flow__node-group-card'))
    .find((found) => found !== null);
  return card?.getAttribute('data-id') ?? null;
}
