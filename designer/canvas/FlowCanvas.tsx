import { SelectionMode } from '@xyflow/react';
import { useCallback, useState } from 'react';
import type { ActionType } from '../../schemas/actions/index.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import { addAction } from '../state/commands/add-action.ts';
import type { OutcomeRef } from '../state/commands/disconnect-outcome.ts';
import { insertOnConnection } from '../state/commands/insert-on-connection.ts';
import { openedSheet } from '../state/editor-store.ts';
import { useEditorStore, useSheet } from '../state/useEditor.ts';
import { ActionTypeMenu } from './ActionTypeMenu.tsx';
import { CanvasFrame } from './CanvasFrame.tsx';
import { CardWordsContext } from './CardWordsContext.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import { type Insert, InsertContext } from './InsertContext.ts';
import { useCanvasGraph } from './useCanvasGraph.ts';
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
  const words = useCardWords();
  const isEmpty = useSheet((sheet) => Object.keys(sheet.actions).length === 0);
  const graph = useCanvasGraph();
  const { looseEnd, closeLooseEnd, ...connecting } = useConnecting();
  const dropping = useDropping();
  const [insertion, setInsertion] = useState<Insertion | null>(null);
  useShownAction();

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
          onReconnect={(_edge, link) => connecting.onConnect(link)}
          onPaneClick={() => store.getState().select([])}
          selectionMode={SelectionMode.Partial}
          multiSelectionKeyCode={multiSelectionKeys}
          selectionKeyCode="Shift"
          connectionRadius={28}
          elevateNodesOnSelect
        >
          {isEmpty && <EmptyCanvas onStart={start} />}
        </CanvasFrame>
        <ActionTypeMenu at={looseEnd?.screen ?? insertion?.screen ?? null} onPick={pick} onClose={close} />
      </InsertContext>
    </CardWordsContext>
  );
}

const multiSelectionKeys = ['Meta', 'Control', 'Shift'];
