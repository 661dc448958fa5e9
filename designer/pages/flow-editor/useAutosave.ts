import { useEffect, useState } from 'react';
import type { Draft, DraftBody } from '../../../schemas/api/flows.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { useEditorStore } from '../../state/useEditor.ts';
import { type Autosave, createAutosave } from './autosave.ts';
import type { KeptDrafts } from './kept-draft.ts';

interface AutosaveOptions {
  flow: Flow;
  draft: Pick<Draft, 'revision' | 'baseVersion'>;
  save: (body: DraftBody) => Promise<Draft>;
  kept: KeptDrafts;
}

/** Saves what the editor's history holds; what the server does not have when the page goes stays in the browser. */
export function useAutosave(options: AutosaveOptions): Autosave {
  const store = useEditorStore();
  const [autosave] = useState(() => createAutosave(options));

  useEffect(() => {
    const unsubscribe = store.subscribe((state, before) => {
      if (state.history.flow !== before.history.flow) autosave.changed(state.history.flow);
    });
    const warn = (event: BeforeUnloadEvent) => {
      autosave.keep();
      const { is } = autosave.state.getState().status;
      // What only waits for its turn comes back by itself; what the server cannot or will not take is worth a question.
      if (is === 'offline' || is === 'failed' || is === 'conflict') event.preventDefault();
    };
    const send = () => void autosave.flush();
    window.addEventListener('beforeunload', warn);
    window.addEventListener('pagehide', autosave.keep);
    window.addEventListener('online', send);
    return () => {
      unsubscribe();
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('pagehide', autosave.keep);
      window.removeEventListener('online', send);
      // Going to another page of the designer: what waits is saved without waiting for it.
      void autosave.flush().finally(() => autosave.stop());
    };
  }, [autosave, store]);

  return autosave;
}
