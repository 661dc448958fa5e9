import { createStore, type StoreApi } from 'zustand';
import type { TryResult } from '../../schemas/api/try.ts';
import type { Flow } from '../../schemas/flow.ts';

/** What was tried last: the result, the document it ran on, the step that is looked at. */
interface TryState {
  result: TryResult | null;
  flow: Flow | null;
  step: number | null;
  show(result: TryResult, flow: Flow): void;
  lookAt(step: number | null): void;
  clear(): void;
}

export type TryStore = StoreApi<TryState>;

export function createTryStore(): TryStore {
  return createStore<TryState>((set) => ({
    result: null,
    flow: null,
    step: null,
    show: (result, flow) => set({ result, flow, step: null }),
    lookAt: (step) => set({ step }),
    clear: () => set({ result: null, flow: null, step: null }),
  }));
}
