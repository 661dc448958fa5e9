import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { groupNodeId } from '../graph/blocks.ts';
import { groupByAction } from '../graph/groups.ts';
import { openedSheet } from '../state/editor-store.ts';
import { useEditor, useEditorStore } from '../state/useEditor.ts';
import { reveal } from './reveal.ts';

/** Brings an action into view when somebody asks to see it: a problem was clicked, a step of a run is looked at. */
export function useShownAction(): void {
  const store = useEditorStore();
  const shown = useEditor((state) => state.focus);
  const instance = useReactFlow();
  const canvas = useStoreApi();
  const id = shown?.action;
  const at = shown?.at;
  useEffect(() => {
    if (id === undefined || at === undefined) return;
    // The card may have been added by the same edit, and is on the canvas only in the next frame.
    const frame = requestAnimationFrame(() => {
      const group = groupByAction(openedSheet(store.getState())).get(id);
      const node = instance.getNode(id) ?? instance.getNode(groupNodeId(group ?? ''));
      if (node !== undefined) reveal(node, instance, canvas.getState());
    });
    return () => cancelAnimationFrame(frame);
  }, [id, at, canvas, instance, store]);
}
