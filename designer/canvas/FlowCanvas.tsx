import { type Connection, SelectionMode } from '@xyflow/react';
import { type FocusEvent, type MouseEvent, useCallback, useState } from 'react';
import type { ActionType } from '../../schemas/actions/index.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import type { OutcomeEdge } from '../graph/outcome-edges.ts';
import { addAction } from '../state/commands/add-action.ts';
import type { OutcomeRef } from '../state/commands/disconnect-outcome.ts';
import { insertOnConnection } from '../state/commands/insert-on-connection.ts';
import { openedSheet } from '../state/editor-store.ts';
import { useEditor, useEditorStore, useSheet } from '../state/useEditor.ts';
import { ActionTypeMenu } from './ActionTypeMenu.tsx';
import { AlignmentGuides } from './AlignmentGuides.tsx';
import { CanvasFrame } from './CanvasFrame.tsx';
import { CanvasMenu } from './CanvasMenu.tsx';
import { CardWordsContext } from './CardWordsContext.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { type Insert, InsertContext } from './InsertContext.ts';
import { useAnnouncements } from './useAnnouncements.ts';
import { useCanvasGraph } from './useCanvasGraph.ts';
import { useCanvasMenu } from './useCanvasMenu.ts';
import { useConnecting } from './useConnecting.ts';
import { centred, useDropping } from './useDropping.ts';
import { useShownAction } from './useShownAction.ts';

interface Insertion {
  from: OutcomeRef;
  flow: { x: number; y: number };
  screen: { x: number; y: number };
}

/** The editor's canvas: gestures become commands, nothing else changes the document. */
export function FlowCanvas({ label }: { label: string }) {
  const store = useEditorStore();
  const words = useCardWords(useEditor((state) => state.history.flow.tasks));
  const isEmpty = useSheet((sheet) => Object.keys(sheet.actions).length === 0);
  const { guides, ...graph } = useCanvasGraph();
  const { menu, close: closeMenu, handlers } = useCanvasMenu();
  const { looseEnd, closeLooseEnd, ...connecting } = useConnecting();
  const dropping = useDropping();
  const [insertion, setInsertion] = useState<Insertion | null>(null);
  useShownAction();
  useAnnouncements();

  // React Flow keeps a selection when one of its cards is clicked; a plain click means that card.
  const onNodeClick = useCallback(
    (event: MouseEvent, node: DrawnNode) => {
      if (event.shiftKey || event.ctrlKey || event.metaKey) return;
      const { select } = store.getState();
      if (node.type === 'action') select([node.id]);
      else if (node.type === 'group-card') select(node.data.members);
      else if (node.type === 'note') select([], [], [node.data.noteId]);
    },
    [store],
  );
  const onNodeDoubleClick = useCallback(
    (_event: MouseEvent, node: DrawnNode) => {
      const action = node.type === 'action' ? node.data.action : null;
      if (action?.type === 'call-task') store.getState().openSheet(action.settings.task);
    },
    [store],
  );
  const onFocus = useCallback(
    ({ target }: FocusEvent) => {
      const card = target.matches('.react-flow__node') ? target.getAttribute('data-id') : null;
      if (card !== null) store.getState().keyboardAt(card);
    },
    [store],
  );

  const { onConnect } = connecting;
  const onReconnect = useCallback((_edge: OutcomeEdge, link: Connection) => onConnect(link), [onConnect]);
  const onPaneClick = useCallback(() => store.getState().select([]), [store]);

  const insert: Insert = useCallback((from, flow, button) => {
    const { left, bottom } = button.getBoundingClientRect();
    setInsertion({ from, flow, screen: { x: left, y: bottom } });
  }, []);

  const start = (type: ActionType) => {
    store.getState().run(addAction(openedSheet(store.getState()), { type, position: { x: 0, y: 0 } }));
    const [added] = store.getState().selection;
    if (added !== undefined) store.getState().show(added);
  };
  const pick = (type: ActionType) => {
    const { run } = store.getState();
    const sheet = openedSheet(store.getState());
    if (looseEnd !== null) {
      run(
        addAction(sheet, {
          type,
          from: looseEnd.from,
          position: { ...centred(type, looseEnd.flow), y: Math.round(looseEnd.flow.y) },
        }),
      );
    } else if (insertion !== null) {
      run(insertOnConnection(sheet, { type, from: insertion.from, position: centred(type, insertion.flow) }));
    }
    close();
  };
  const close = () => {
    closeLooseEnd();
    setInsertion(null);
  };

  return (
    <CardWordsContext value={words}>
      <InsertContext value={insert}>
        <CanvasFrame
          label={label}
          {...graph}
          {...connecting}
          {...dropping}
          {...handlers}
          onFocus={onFocus}
          // All of these stay the same function: React Flow draws every connection anew when one of them changes.
          onReconnect={onReconnect}
          onNodeClick={onNodeClick}
          onNodeDoubleClick={onNodeDoubleClick}
          onPaneClick={onPaneClick}
          selectionMode={SelectionMode.Partial}
          multiSelectionKeyCode={multiSelectionKeys}
          selectionKeyCode="Shift"
          connectionRadius={28}
          elevateNodesOnSelect
          // The keyboard is ours: arrows lead along connections.
          disableKeyboardA11y
          nodesFocusable={false}
          edgesFocusable={false}
        >
          {isEmpty && <EmptyCanvas onStart={start} />}
          <AlignmentGuides store={guides} />
        </CanvasFrame>
        <CanvasMenu menu={menu} onClose={closeMenu} />
        <ActionTypeMenu at={looseEnd?.screen ?? insertion?.screen ?? null} onPick={pick} onClose={close} />
      </InsertContext>
    </CardWordsContext>
  );
}

const multiSelectionKeys = ['Meta', 'Control', 'Shift'];
