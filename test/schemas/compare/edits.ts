import fc from 'fast-check';
import { type Action, outcomesOf } from '../../../schemas/actions/index.ts';
import type { Flow } from '../../../schemas/flow.ts';

/** One edit of a document; which part it meets follows from the number `at`. */
export interface Edit {
  kind: (typeof kinds)[number];
  at: number;
  value: number;
}

const kinds = [
  'rename',
  'note',
  'setting',
  'retype',
  'connect',
  'disconnect',
  'add',
  'delete',
  'case',
  'variable',
  'drop-variable',
  'fallback',
  'entry',
  'flow-name',
  'move',
] as const;

export const anyEdits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(50), value: fc.nat(9) }),
  { maxLength: 8 },
);

export function edited(flow: Flow, edits: readonly Edit[]): Flow {
  return edits.reduce(apply, flow);
}

function apply(flow: Flow, { kind, at, value }: Edit): Flow {
  const ids = Object.keys(flow.actions);
  const id = ids[at % Math.max(1, ids.length)];
  const target = ids[value % Math.max(1, ids.length)];
  const action = id === undefined ? undefined : flow.actions[id];
  const withOne = (changed: Action): Flow =>
    id === undefined ? flow : { ...flow, actions: { ...flow.actions, [id]: changed } };
  switch (kind) {
    case 'flow-name':
      return { ...flow, name: `Name ${value}` };
    case 'fallback':
      return {
        ...flow,
        fallback: value > 5 ? { queue: flow.fallback.queue, priority: value } : { queue: `q${value}` },
      };
    case 'variable':
      return {
        ...flow,
        variables: [...without(flow, `v${at % 4}`), { name: `v${at % 4}`, type: 'number', initial: value }],
      };
    case 'drop-variable':
      return { ...flow, variables: without(flow, `v${at % 4}`) };
    case 'add': {
      const added: Action = { type: 'set-priority', name: 'Set priority', settings: { priority: value } };
      return { ...flow, actions: { ...flow.actions, [`new-${at % 3}`]: added } };
    }
    case 'entry':
      return target === undefined ? flow : { ...flow, entry: target };
    case 'move':
      return id === undefined ? flow : { ...flow, layout: { ...flow.layout, [id]: { x: at, y: value } } };
  }
  if (id === undefined || action === undefined) return flow;
  switch (kind) {
    case 'rename':
      return withOne({ ...action, name: `Name ${value}` });
    case 'note':
      return withOne({ ...action, note: value === 0 ? '' : `Note ${value}` });
    case 'setting':
      return withOne(withSetting(action, value));
    case 'retype':
      return withOne({ type: 'disconnect', name: action.name, settings: { reason: `r${value}` } });
    case 'connect': {
      const outcomes = outcomesOf(action);
      const outcome = outcomes[value % Math.max(1, outcomes.length)];
      return outcome === undefined || target === undefined
        ? flow
        : withOne({ ...action, next: { ...action.next, [outcome]: target } });
    }
    case 'disconnect': {
      const { next: _, ...rest } = action;
      return withOne(rest);
    }
    case 'case':
      return withOne(withCase(action, value));
    case 'delete': {
      const { [id]: _, ...actions } = flow.actions;
      const { [id]: __, ...layout } = flow.layout ?? {};
      return { ...flow, actions, layout };
    }
  }
}

function without(flow: Flow, name: string) {
  return (flow.variables ?? []).filter((variable) => variable.name !== name);
}

function withSetting(action: Action, value: number): Action {
  switch (action.type) {
    case 'set-priority':
      return { ...action, settings: { priority: value } };
    case 'decision':
      return { ...action, settings: { condition: { contains: [{ var: 'email.subject' }, `w${value}`] } } };
    case 'auto-response':
      return { ...action, settings: { ...action.settings, [value % 2 ? 'subject' : 'body']: `text ${value}` } };
    case 'transfer-to-queue':
      return {
        ...action,
        settings: { ...action.settings, ...(value % 2 ? { queue: `q${value}` } : { priority: value }) },
      };
    case 'disconnect':
      return { ...action, settings: { reason: `r${value}` } };
    default:
      return action;
  }
}

function withCase(action: Action, value: number): Action {
  if (action.type !== 'switch') return action;
  const { cases } = action.settings;
  const kept = cases.filter(({ outcome }) => outcome !== `c${value % 4}`);
  const added = { outcome: `c${value % 4}`, condition: { '==': [1, value] } };
  const changed = value % 3 === 0 && kept.length > 0 ? kept : value % 3 === 1 ? [added, ...kept] : [...kept, added];
  return { ...action, settings: { cases: changed } };
}
