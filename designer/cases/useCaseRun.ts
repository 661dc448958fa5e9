import { useEffect, useRef, useState } from 'react';
import type { CasesRun } from '../../schemas/api/cases.ts';
import { runCases } from '../api/cases.ts';
import { useEditor, useEditorStore } from '../state/useEditor.ts';

/** Longer than a thought between two edits: a run of all cases is not for every letter. */
const pauseMs = 900;

interface CaseRunState {
  run: CasesRun | null;
  /** True while the result is of an older draft, or of other cases. */
  isStale: boolean;
  error: unknown;
}

/** The cases against the draft, again after each edit and each change of a case (`revision`); the newest wins. */
export function useCaseRun(id: string, revision: string | null): CaseRunState & { again: () => void } {
  const editor = useEditorStore();
  const actions = useEditor((state) => state.history.flow.actions);
  const tasks = useEditor((state) => state.history.flow.tasks);
  const entry = useEditor((state) => state.history.flow.entry);
  const variables = useEditor((state) => state.history.flow.variables);
  const fallback = useEditor((state) => state.history.flow.fallback);
  const [count, setCount] = useState(0);
  const hasRun = useRef(false);
  const [state, setState] = useState<CaseRunState>({ run: null, isStale: true, error: null });

  // biome-ignore lint/correctness/useExhaustiveDependencies: each part of the logic and every change of a case calls for a run, and moving cards does not
  useEffect(() => {
    if (revision === null) return;
    const abort = new AbortController();
    setState((before) => ({ ...before, isStale: true }));
    const start = async () => {
      try {
        const run = await runCases(id, editor.getState().history.flow, abort.signal);
        setState({ run, isStale: false, error: null });
      } catch (error) {
        if (!abort.signal.aborted) setState({ run: null, isStale: false, error });
      }
    };
    const timer = setTimeout(() => void start(), hasRun.current ? pauseMs : 0);
    hasRun.current = true;
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [id, revision, count, editor, actions, tasks, entry, variables, fallback]);

  return { ...state, again: () => setCount((before) => before + 1) };
}
