import { createStore, type StoreApi } from 'zustand';
import type { Draft, DraftBody } from '../../../schemas/api/flows.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { ApiError } from '../../api/client.ts';
import type { KeptDrafts } from './kept-draft.ts';

type SaveStatus =
  /** The server has what is on screen. */
  | { is: 'saved' }
  | { is: 'waiting' }
  | { is: 'saving' }
  /** No answer from the server: kept in this browser, tried again by itself. */
  | { is: 'offline'; reason: string }
  /** The server said no: kept in this browser, tried again by itself and at once by `flush`. */
  | { is: 'failed'; reason: string }
  /** Another tab saved meanwhile; nothing is saved until a person decides. */
  | { is: 'conflict'; reason: string };

interface AutosaveState {
  status: SaveStatus;
  /** Version that what is on screen was drawn from; null while the flow was never published. */
  baseVersion: number | null;
  /** False if what is on screen is what is published. */
  hasDraft: boolean;
  /** Of the draft that the server is known to have. */
  revision: number;
  /** What the server is known to have. */
  saved: Flow;
}

export interface Autosave {
  state: StoreApi<AutosaveState>;
  changed(flow: Flow): void;
  /** Saves now what waits; resolves when the server has it or refused it. */
  flush(): Promise<void>;
  /** Ends a conflict by saving over what the other tab saved. */
  overwrite(): Promise<void>;
  /** Ends a conflict: what comes next holds this draft's changes too. */
  merged(draft: Pick<Draft, 'revision' | 'baseVersion'>, theirs: Flow): void;
  /** What comes next is drawn on this version. Documents from before keep theirs, also when undo brings them back. */
  rebase(version: number | null): void;
  /** This document became a version, and its draft is gone. */
  published(version: number, flow: Flow): void;
  /** Puts what the server does not have into the browser: the page may go. */
  keep(): void;
  /** What the browser keeps is not wanted: something else is loaded in its place. */
  forget(): void;
  /** The page is gone; what could not be saved stays in the browser. */
  stop(): void;
  /** Nothing of what was drawn is wanted any more. */
  discarded(): void;
}

interface AutosaveDeps {
  flow: Flow;
  draft: Pick<Draft, 'revision' | 'baseVersion'>;
  save: (body: DraftBody) => Promise<Draft>;
  kept: KeptDrafts;
}

/** A pause in the editing; until then what was drawn is in this browser only. */
const pauseMs = 700;
const retryMs = 5_000;

/** Keeps the author's draft on the server up to date, one save at a time, never over what somebody else saved. */
export function createAutosave({ flow, draft, save, kept }: AutosaveDeps): Autosave {
  const state = createStore<AutosaveState>(() => ({
    status: { is: 'saved' },
    baseVersion: draft.baseVersion,
    hasDraft: draft.revision > 0,
    revision: draft.revision,
    saved: flow,
  }));
  /** Undo brings back the very documents of before, and with them the version that they were drawn from. */
  let bases = new WeakMap<Flow, number | null>([[flow, draft.baseVersion]]);
  let current = flow;
  let savedBase = draft.baseVersion;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | null = null;
  let isStopped = false;

  const isUnsaved = () => current !== state.getState().saved || state.getState().baseVersion !== savedBase;
  const schedule = (ms: number) => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(() => void flush(), ms);
  };
  const keep = () => {
    const { saved, revision, baseVersion } = state.getState();
    if (isStopped || !isUnsaved()) return;
    kept.keep({ document: current, saved, revision, baseVersion, at: new Date().toISOString() });
  };

  async function saveOnce(isForced: boolean): Promise<void> {
    const document = current;
    const { baseVersion, revision } = state.getState();
    state.setState({ status: { is: 'saving' } });
    try {
      const stored = await save({ document, baseVersion, ...(isForced ? {} : { revision }) });
      savedBase = baseVersion;
      state.setState({ revision: stored.revision, saved: document, hasDraft: true });
      state.setState({ status: { is: isUnsaved() ? 'waiting' : 'saved' } });
      kept.forget();
      if (isUnsaved()) schedule(pauseMs);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      state.setState({ status: { is: kindOf(error), reason } });
      keep();
      if (kindOf(error) !== 'conflict') schedule(retryMs);
    }
  }

  async function run(isForced: boolean): Promise<void> {
    saving = saveOnce(isForced);
    await saving;
    saving = null;
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (saving !== null) await saving;
    if (isStopped || !isUnsaved() || state.getState().status.is === 'conflict') return;
    await run(false);
  }

  return {
    state,
    changed(next) {
      current = next;
      const { baseVersion, status } = state.getState();
      const base = bases.has(next) ? (bases.get(next) ?? null) : baseVersion;
      bases.set(next, base);
      if (base !== baseVersion) state.setState({ baseVersion: base });
      if (status.is === 'offline' || status.is === 'failed' || status.is === 'conflict') keep();
      if (status.is === 'conflict' || status.is === 'saving') return;
      if (!isUnsaved()) {
        clearTimeout(timer);
        kept.forget();
        state.setState({ status: { is: 'saved' } });
        return;
      }
      if (status.is !== 'offline' && status.is !== 'failed') state.setState({ status: { is: 'waiting' } });
      schedule(pauseMs);
    },
    flush,
    async overwrite() {
      clearTimeout(timer);
      await run(true);
    },
    merged(other, theirs) {
      savedBase = other.baseVersion;
      state.setState({
        status: { is: 'waiting' },
        revision: other.revision,
        baseVersion: other.baseVersion,
        saved: theirs,
        hasDraft: other.revision > 0,
      });
      bases = new WeakMap();
    },
    rebase(version) {
      state.setState({ baseVersion: version });
    },
    published(version, flow) {
      clearTimeout(timer);
      kept.forget();
      bases = new WeakMap();
      savedBase = version;
      state.setState({ baseVersion: version, hasDraft: false, revision: 0, saved: flow });
      state.setState({ status: { is: isUnsaved() ? 'waiting' : 'saved' } });
      if (isUnsaved()) schedule(pauseMs);
    },
    keep,
    forget: kept.forget,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
    discarded() {
      isStopped = true;
      clearTimeout(timer);
      kept.forget();
    },
  };
}

function kindOf(error: unknown): 'offline' | 'failed' | 'conflict' {
  if (!(error instanceof ApiError)) return 'failed';
  if (error.status === 409) return 'conflict';
  return error.status === 0 ? 'offline' : 'failed';
}
