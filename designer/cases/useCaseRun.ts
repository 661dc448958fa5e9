import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CasesRun } from '../../schemas/api/cases.ts';
import { runCases } from '../api/cases.ts';
import { useEditor, useEditorStore } from '../state/useEditor.ts';

interface CaseRunState {
  run: CasesRun | null;
  /** True while the result is of an older draft, or of other cases. */
  isStale: boolean;
  error: unknown;
}

export interface CaseRun extends CaseRunState {
  /** Runs them once more, at once. */
  again(): void;
}

/**
 * The cases against the draft, again after each edit and each change of a case (`revision`, null for none); the newest wins. An edit waits for
 * `pauseMs`, since others may follow it.
 */
export function useCaseRun(id: string, revision: string | null, pauseMs: number): CaseRun {
  const editor = useEditorStore();
  const actions = useEditor((state) => state.history.flow.actions);
  const tasks = useEditor((state) => state.history.flow.tasks);
  const entry = useEditor((state) => state.history.flow.entry);
  const variables = useEditor((state) => state.history.flow.variables);
  const fallback = useEditor((state) => state.history.flow.fallback);
  const [count, setCount] = useState(0);
  const pause = useRef(pauseMs);
  pause.current = pauseMs;
  const asked = useRef(0);
  const [state, setState] = useState<CaseRunState>({ run: null, isStale: true, error: null });

  // biome-ignore lint/correctness/useExhaustiveDependencies: each part of the logic and every change of a case calls for a run, and moving cards does not
  useEffect(() => {
    // The same state stays the same object: whoever draws it would draw it for every letter.
    if (revision === null) return setState(nothingToRun);
    const abort = new AbortController();
    setState((before) => (before.isStale ? before : { ...before, isStale: true }));
    const start = async () => {
      try {
        const run = await runCases(id, editor.getState().history.flow, abort.signal);
        setState({ run, isStale: false, error: null });
      } catch (error) {
        if (!abort.signal.aborted) setState({ run: null, isStale: false, error });
      }
    };
    const isAsked = asked.current !== count;
    asked.current = count;
    const timer = setTimeout(() => void start(), isAsked ? 0 : pause.current);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [id, revision, count, editor, actions, tasks, entry, variables, fallback]);

  const again = useCallback(() => setCount((before) => before + 1), []);
  return useMemo(() => ({ ...state, again }), [state, again]);
}

const nothingToRun: CaseRunState = { run: null, isStale: false, error: null };
