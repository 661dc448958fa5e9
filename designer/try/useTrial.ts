import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { TryBody } from '../../schemas/api/try.ts';
import type { Flow } from '../../schemas/flow.ts';
import { tryFlow } from '../api/try.ts';
import { useEditor, useEditorStore } from '../state/useEditor.ts';
import { handAnswers, type ServiceChoicesStore } from './service-choices.ts';
import type { TryStore } from './try-store.ts';

/** Long enough for a word to be typed. */
const pauseMs = 500;

interface TrialState {
  isRunning: boolean;
  error: unknown;
}

/**
 * Runs the chosen mail through the draft, and again shortly after whatever the result depends on has changed; the newest wins. Only
 * a wish to run once more asks the services anew: an edit shall not call them for each letter.
 */
export function useTrial(trial: TryStore, services: ServiceChoicesStore): TrialState {
  const editor = useEditorStore();
  const flow = useEditor((state) => state.history.flow);
  const logic = useLogic(flow);
  const mail = useStore(trial, (state) => state.mail);
  const situation = useStore(trial, (state) => state.situation);
  const fresh = useStore(trial, (state) => state.fresh);
  const choices = useStore(services, (state) => state.choices);
  const [state, setState] = useState<TrialState>({ isRunning: false, error: null });
  const freshRun = useRef(0);

  useEffect(() => {
    if (mail === null) return setState({ isRunning: false, error: null });
    const abort = new AbortController();
    const isFresh = freshRun.current !== fresh;
    const start = async () => {
      const document = editor.getState().history.flow;
      const recorded = isFresh ? [] : (trial.getState().result?.exchanges ?? []);
      const answers = handAnswers(choices, document, trial.getState().result?.exchanges);
      const body: TryBody = { ...mail, ...situation, document, recorded, answers };
      setState((before) => ({ ...before, isRunning: true }));
      try {
        const result = await tryFlow(logic.id, body, abort.signal);
        freshRun.current = fresh;
        trial.getState().show(result, document);
        setState({ isRunning: false, error: null });
      } catch (error) {
        if (!abort.signal.aborted) setState({ isRunning: false, error });
      }
    };
    const timer = setTimeout(() => void start(), isFresh ? 0 : pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [mail, situation, fresh, choices, logic, editor, trial]);

  return state;
}

/** The same object while only places of cards change: they are nothing to a mail. */
function useLogic(flow: Flow): Flow {
  const kept = useRef(flow);
  if (!isSameLogic(kept.current, flow)) kept.current = flow;
  return kept.current;
}

function isSameLogic(before: Flow, after: Flow): boolean {
  return (
    before.actions === after.actions &&
    before.entry === after.entry &&
    before.fallback === after.fallback &&
    before.variables === after.variables &&
    before.inputs === after.inputs &&
    before.outputs === after.outputs &&
    before.tasks === after.tasks
  );
}
