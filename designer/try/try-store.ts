import { createStore, type StoreApi } from 'zustand';
import type { MailChoice, TryResult } from '../../schemas/api/try.ts';
import type { Flow } from '../../schemas/flow.ts';
import { keptStep } from './kept-step.ts';

/** When and by which way the mail comes; what is left out is as the server finds it. */
export interface Situation {
  /** ISO 8601. */
  now?: string;
  /** Mailbox id. */
  mailbox?: string;
  /** A folder of that mailbox. */
  folder?: string;
  /** The address that the mail is sent to. */
  address?: string;
}

type Begin = 'whole' | 'end' | number;

interface TryState {
  mail: MailChoice | null;
  situation: Situation;
  result: TryResult | null;
  /** The document that the result is of. */
  flow: Flow | null;
  /** Index of the step that is looked at; null for the whole way. */
  step: number | null;
  isPlaying: boolean;
  /** Which step the first result of a mail is looked at by: none, the one that ended the run, or the one of this index. */
  begin: Begin;
  /** Counts wishes to run once more from scratch: services are then asked again. */
  fresh: number;
  choose(mail: MailChoice, options?: { situation?: Situation; begin?: Begin }): void;
  situate(situation: Situation): void;
  runAgain(): void;
  show(result: TryResult, flow: Flow): void;
  lookAt(step: number | null): void;
  /** To the next or the former step; stays at the ends. */
  move(by: number): void;
  play(isPlaying: boolean): void;
  /** Forgets the mail: another one is chosen. */
  clear(): void;
}

export type TryStore = StoreApi<TryState>;

const nothing = {
  mail: null,
  situation: {},
  result: null,
  flow: null,
  step: null,
  isPlaying: false,
  begin: 'whole',
} as const;

/** One trial: the mail, how it comes, what the flow does with it, and which step is looked at. */
export function createTryStore(): TryStore {
  return createStore<TryState>((set, get) => ({
    ...nothing,
    fresh: 0,
    choose: (mail, { situation = get().situation, begin = 'whole' } = {}) =>
      set({ mail, situation, begin, result: null, flow: null, step: null, isPlaying: false, fresh: get().fresh + 1 }),
    situate: (situation) => set({ situation }),
    runAgain: () => set({ fresh: get().fresh + 1 }),
    show: (result, flow) => {
      const { result: before, step, begin } = get();
      set({
        result,
        flow,
        step: before === null ? firstStep(begin, result.run.steps.length) : keptStep(before.run, result.run, step),
      });
    },
    lookAt: (step) => set({ step, isPlaying: false }),
    move: (by) => {
      const { result, step } = get();
      const last = (result?.run.steps.length ?? 0) - 1;
      if (last < 0) return;
      set({ step: step === null ? (by > 0 ? 0 : last) : Math.min(last, Math.max(0, step + by)) });
    },
    play: (isPlaying) => {
      const { result, step } = get();
      const last = (result?.run.steps.length ?? 0) - 1;
      if (last < 0) return;
      // At the end it begins anew, as every player does.
      set({ isPlaying, ...(isPlaying && (step === null || step >= last) ? { step: 0 } : {}) });
    },
    clear: () => set(nothing),
  }));
}

function firstStep(begin: Begin, count: number): number | null {
  if (begin === 'whole' || count === 0) return null;
  return begin === 'end' ? count - 1 : Math.min(begin, count - 1);
}
