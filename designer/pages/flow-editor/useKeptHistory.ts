import { useEffect } from 'react';
import { useUser } from '../../api/session.ts';
import { keepHistory, readHistory } from '../../state/kept-history.ts';
import { useEditorStore } from '../../state/useEditor.ts';
import type { Autosave } from './autosave.ts';

/**
 * Undo survives a reload: the steps are kept in the browser each time the server has what is on screen, and are taken up again if the draft
 * is still that one. A browser that keeps nothing (a private window) only loses this.
 */
export function useKeptHistory(autosave: Autosave): void {
  const store = useEditorStore();
  const user = useUser();

  useEffect(() => {
    const { history: opened, isReadOnly } = store.getState();
    if (isReadOnly) return;
    const key = `${user.id}:${opened.flow.id}`;
    let isGone = false;
    let isRead = false;
    readHistory(key, opened.flow)
      .then(({ history, isOther }) => {
        if (!isGone) store.getState().continueFrom(history, isOther);
      })
      .catch(nothingKept)
      .finally(() => {
        isRead = true;
      });
    const unsubscribe = autosave.state.subscribe(({ status }, before) => {
      const isSaved = status.is === 'saved' && before.status.is !== 'saved';
      if (isSaved && isRead) keepHistory(key, store.getState().history).catch(nothingKept);
    });
    return () => {
      isGone = true;
      unsubscribe();
    };
  }, [autosave, store, user.id]);
}

function nothingKept(): void {
  // Undo works all the same, until the page is left.
}
