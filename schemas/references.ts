import type { Flow } from './flow.ts';
import { fieldsOf } from './flow-fields.ts';
import { inspectLogic } from './inspect-logic.ts';
import { sheetsOf } from './sheet.ts';

/** What a flow names of the installation: ids of queues, lists, schedules and from addresses; skills by name. */
export interface References {
  queues: ReadonlySet<string>;
  lists: ReadonlySet<string>;
  schedules: ReadonlySet<string>;
  skills: ReadonlySet<string>;
  fromAddresses: ReadonlySet<string>;
}

export type ReferenceKind = keyof References;

/** Everything that the actions of the flow and its tasks, and its fallback, name, found by the kinds of their settings. */
export function referencesOf(flow: Flow): References {
  const found = {
    // What fails in a module takes the fallback of the flow that called it.
    queues: new Set(flow.type === 'module' ? [] : [flow.fallback.queue]),
    lists: new Set<string>(),
    schedules: new Set<string>(),
    skills: new Set(flow.type === 'module' ? [] : flow.fallback.skills),
    fromAddresses: new Set<string>(),
  };
  for (const [id, action] of sheetsOf(flow).flatMap(({ actions }) => Object.entries(actions))) {
    for (const { kind, value } of fieldsOf(id, action)) {
      if (kind === 'queue' && typeof value === 'string') found.queues.add(value);
      else if (kind === 'from-address' && typeof value === 'string') found.fromAddresses.add(value);
      else if (kind === 'skills' && Array.isArray(value)) for (const skill of value) found.skills.add(String(skill));
      else if (kind === 'condition' || kind === 'value') {
        for (const { operator, operands } of inspectLogic(value).uses) {
          const [first] = operands;
          if (typeof first !== 'string') continue;
          if (operator === 'list') found.lists.add(first);
          if (operator === 'within-schedule') found.schedules.add(first);
        }
      }
    }
  }
  return found;
}
