import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Sheet } from '../../schemas/sheet.ts';
import { type EditorState, type EditorStore, openedSheet } from './editor-store.ts';

export const EditorContext = createContext<EditorStore | null>(null);

export function useEditorStore(): EditorStore {
  const store = use(EditorContext);
  if (store === null) throw new Error('This part of the editor was drawn outside an EditorContext');
  return store;
}

/** A part of the editor's state; draw again only when that part changes, so select as little as is needed. */
export function useEditor<T>(select: (state: EditorState) => T): T {
  return useStore(useEditorStore(), select);
}

/** A part of what is drawn on the open tab; drawn again only when that part changes. */
export function useSheet<T>(select: (sheet: Sheet) => T): T {
  return useEditor((state) => select(openedSheet(state)));
}
