import { createStore, type StoreApi } from 'zustand';
import type { Exchange, HandAnswer } from '../../schemas/api/try.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { PlacedAction } from '../../schemas/run.ts';
import { keyOfAction, mainSheet } from '../../schemas/sheet.ts';

/** How a data action is answered in a trial. */
export interface ServiceChoice {
  by: 'service' | 'hand' | 'timeout' | 'unreachable';
  /** Of the answer by hand; kept while another way is chosen, so that switching loses nothing. */
  status: number;
  body: unknown;
}

const callIt: ServiceChoice = { by: 'service', status: 200, body: {} };

interface ServiceChoices {
  /** By `keyOfAction`; an action without one calls its service. */
  choices: Readonly<Record<string, ServiceChoice>>;
  change(key: string, choice: ServiceChoice): void;
}

export type ServiceChoicesStore = StoreApi<ServiceChoices>;

/** The choices of one flow, kept in this browser: a service that must not be called stays uncalled tomorrow. */
export function createServiceChoices(flow: string, storage: Pick<Storage, 'getItem' | 'setItem'>): ServiceChoicesStore {
  const place = `sluice.try.services.${flow}`;
  return createStore<ServiceChoices>((set, get) => ({
    choices: read(storage.getItem(place)),
    change: (key, choice) => {
      const choices = { ...get().choices, [key]: choice };
      set({ choices });
      try {
        storage.setItem(place, JSON.stringify(choices));
      } catch {
        // A full or forbidden storage costs the memory, not the trial.
      }
    },
  }));
}

/** What was chosen for the action of that key; at first its service is called. */
export function choiceOf(choices: Readonly<Record<string, ServiceChoice>>, key: string): ServiceChoice {
  return (Object.hasOwn(choices, key) ? choices[key] : undefined) ?? callIt;
}

/** A data action that a trial may answer by hand. */
interface AskingAction extends PlacedAction {
  name: string;
  url: string;
}

/** What the server is told; only of actions that are there, since the flow may have changed. */
export function handAnswers(
  choices: Readonly<Record<string, ServiceChoice>>,
  flow: Flow,
  exchanges: readonly Exchange[] = [],
): HandAnswer[] {
  return dataActions(flow, exchanges).flatMap((asking): HandAnswer[] => {
    const { by, status, body } = choiceOf(choices, keyOfAction(asking));
    if (by === 'service') return [];
    const { name: _name, url: _url, ...placed } = asking;
    return [by === 'hand' ? { ...placed, status, body } : { ...placed, fails: by }];
  });
}

/** The actions of a flow that ask a service, those of its tasks too, and those of modules that were seen to ask. */
export function dataActions(flow: Flow, exchanges: readonly Exchange[] = []): AskingAction[] {
  const sheets = [[mainSheet, flow] as const, ...Object.entries(flow.tasks ?? {})];
  const own = sheets.flatMap(([task, { actions }]) =>
    Object.entries(actions).flatMap(([action, { type, name, settings }]): AskingAction[] =>
      type === 'data-action' ? [{ action, ...(task === mainSheet ? {} : { task }), name, url: settings.url }] : [],
    ),
  );
  const inModules = new Map<string, AskingAction>();
  for (const { action, task, flow: module, url } of exchanges) {
    if (module === undefined) continue;
    const placed = { action, ...(task === undefined ? {} : { task }), flow: module };
    inModules.set(keyOfAction(placed), { ...placed, name: keyOfAction(placed), url });
  }
  return [...own, ...inModules.values()];
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
