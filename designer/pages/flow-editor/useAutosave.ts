import { useEffect, useState } from 'react';
import type { Draft, DraftBody } from '../../../schemas/api/flows.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { useEditorStore } from '../../state/useEditor.ts';
import { type Autosave, createAutosave } from './autosave.ts';

interface AutosaveOptions {
  flow: Flow;
  draft: Draft;
  save: (body: DraftBody) => Promise<Draft>;
}

/** Saves what the editor's history holds, and asks before the page goes with something unsaved. */
export function useAutosave(options: AutosaveOptions): Autosave {
  const store = useEditorStore();
  const [autosave] = useState(() => createAutosave(options));

  useEffect(() => {
    const unsubscribe = store.subscribe((state, before) => {
      if (state.history.flow !== before.history.flow) autosave.changed(state.history.flow);
    });
    const warn = (event: BeforeUnloadEvent) => {
      if (autosave.state.getState().status.is !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      unsubscribe();
      window.removeEventListener('beforeunload', warn);
      // Going to another page of the designer: what waits is saved without waiting for it.
      void autosave.flush().finally(() => autosave.stop());
    };
  }, [autosave, store]);

  return autosave;
}
