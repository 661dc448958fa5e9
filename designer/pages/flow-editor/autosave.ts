import { createStore, type StoreApi } from 'zustand';
import type { Draft, DraftBody } from '../../../schemas/api/flows.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { ApiError } from '../../api/client.ts';

type SaveStatus =
  /** The server has what is on screen. */
  | { is: 'saved' }
  | { is: 'waiting' }
  | { is: 'saving' }
  /** Tried again by itself, and at once by `flush`. */
  | { is: 'failed'; reason: string }
  /** Another tab saved meanwhile; nothing is saved until a person decides. */
  | { is: 'conflict'; reason: string };

interface AutosaveState {
  status: SaveStatus;
  /** Null while the flow was never published. */
  baseVersion: number | null;
  /** False if what is on screen is what is published. */
  hasDraft: boolean;
}

export interface Autosave {
  state: StoreApi<AutosaveState>;
  changed(flow: Flow): void;
  /** Saves now what waits; resolves when the server has it or refused it. */
  flush(): Promise<void>;
  /** Ends a conflict by saving over what the other tab saved. */
  overwrite(): Promise<void>;
  /** The flow on screen became this version, and its draft is gone. */
  published(version: number): void;
  /** For good: the draft was discarded, or the page is gone. */
  stop(): void;
}

interface AutosaveDeps {
  flow: Flow;
  draft: Pick<Draft, 'revision' | 'baseVersion'>;
  save: (body: DraftBody) => Promise<Draft>;
}

/** A pause in the editing; a person who closes the tab loses no more than this. */
const pauseMs = 700;
const retryMs = 5_000;

/** Keeps the author's draft on the server up to date, one save at a time, never over what somebody else saved. */
export function createAutosave({ flow, draft, save }: AutosaveDeps): Autosave {
  const state = createStore<AutosaveState>(() => ({
    status: { is: 'saved' },
    baseVersion: draft.baseVersion,
    hasDraft: draft.revision > 0,
  }));
  let current = flow;
  let saved = flow;
  let { revision } = draft;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | null = null;
  let isStopped = false;

  const schedule = (ms: number) => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(() => void flush(), ms);
  };

  async function saveOnce(isForced: boolean): Promise<void> {
    const document = current;
    state.setState({ status: { is: 'saving' } });
    try {
      const { baseVersion } = state.getState();
      const stored = await save({ document, baseVersion, ...(isForced ? {} : { revision }) });
      revision = stored.revision;
      saved = document;
      state.setState({ hasDraft: true, status: current === saved ? { is: 'saved' } : { is: 'waiting' } });
      if (current !== saved) schedule(pauseMs);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const isConflict = error instanceof ApiError && error.status === 409;
      state.setState({ status: { is: isConflict ? 'conflict' : 'failed', reason } });
      if (!isConflict) schedule(retryMs);
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (saving !== null) await saving;
    if (isStopped || current === saved || state.getState().status.is === 'conflict') return;
    saving = saveOnce(false);
    await saving;
    saving = null;
  }

  return {
    state,
    changed(next) {
      current = next;
      const { is } = state.getState().status;
      if (is === 'conflict' || is === 'saving') return;
      if (current === saved) {
        clearTimeout(timer);
        state.setState({ status: { is: 'saved' } });
        return;
      }
      state.setState({ status: { is: 'waiting' } });
      schedule(pauseMs);
    },
    flush,
    async overwrite() {
      clearTimeout(timer);
      saving = saveOnce(true);
      await saving;
      saving = null;
    },
    published(version) {
      clearTimeout(timer);
      revision = 0;
      saved = current;
      state.setState({ status: { is: 'saved' }, baseVersion: version, hasDraft: false });
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
