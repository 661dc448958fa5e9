import { createStore, type StoreApi } from 'zustand';
import type { HandAnswer } from '../../schemas/api/try.ts';
import type { Flow } from '../../schemas/flow.ts';

/** How a data action is answered in a trial. */
export interface ServiceChoice {
  by: 'service' | 'hand' | 'timeout' | 'unreachable';
  /** Of the answer by hand; kept while another way is chosen, so that switching loses nothing. */
  status: number;
  body: unknown;
}

export const callIt: ServiceChoice = { by: 'service', status: 200, body: {} };

interface ServiceChoices {
  /** By action id; an action without one calls its service. */
  choices: Readonly<Record<string, ServiceChoice>>;
  change(action: string, choice: ServiceChoice): void;
}

export type ServiceChoicesStore = StoreApi<ServiceChoices>;

/** The choices of one flow, kept in this browser: a service that must not be called stays uncalled tomorrow. */
export function createServiceChoices(flow: string, storage: Pick<Storage, 'getItem' | 'setItem'>): ServiceChoicesStore {
  const key = `sluice.try.services.${flow}`;
  return createStore<ServiceChoices>((set, get) => ({
    choices: read(storage.getItem(key)),
    change: (action, choice) => {
      const choices = { ...get().choices, [action]: choice };
      set({ choices });
      try {
        storage.setItem(key, JSON.stringify(choices));
      } catch {
        // A full or forbidden storage costs the memory, not the trial.
      }
    },
  }));
}

/** What the server is told; only of actions that are there, since the flow may have changed. */
export function handAnswers(choices: Readonly<Record<string, ServiceChoice>>, flow: Flow): HandAnswer[] {
  const present = new Set(dataActions(flow).map(({ id }) => id));
  return Object.entries(choices).flatMap(([action, { by, status, body }]): HandAnswer[] => {
    if (by === 'service' || !present.has(action)) return [];
    return [by === 'hand' ? { action, status, body } : { action, fails: by }];
  });
}

/** The actions of a flow that ask a service, those of its tasks too. */
export function dataActions(flow: Flow): { id: string; name: string; url: string }[] {
  const sheets = [flow.actions, ...Object.values(flow.tasks ?? {}).map(({ actions }) => actions)];
  return sheets.flatMap((actions) =>
    Object.entries(actions).flatMap(([id, action]) =>
      action.type === 'data-action' ? [{ id, name: action.name, url: action.settings.url }] : [],
    ),
  );
}

function read(text: string | null): Record<string, ServiceChoice> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    const entries = Object.entries(Object(value)).filter((entry): entry is [string, ServiceChoice] =>
      isChoice(entry[1]),
    );
    return Object.fromEntries(entries);
  } catch {
    // Somebody else's text under our key is as good as nothing.
    return {};
  }
}

function isChoice(value: unknown): value is ServiceChoice {
  const { by, status } = Object(value);
  return ['service', 'hand', 'timeout', 'unreachable'].includes(by) && Number.isInteger(status);
}
