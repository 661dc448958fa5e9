import { expect } from 'vitest';
import { runFlow } from '../../runtime/engine/run-flow.ts';
import type { Action, SettingsOf } from '../../schemas/actions/index.ts';
import { checkFlow } from '../../schemas/check-flow.ts';
import { describeModules } from '../../schemas/describe-modules.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run } from '../../schemas/run.ts';
import { realPorts, runContext, typicalEmail } from './given.ts';

export const toQueue: Action = { type: 'transfer-to-queue', name: 'To general', settings: { queue: 'general' } };
export const giveBack: Action = { type: 'return', name: 'Return', settings: {} };
export const set = (name: string, assignments: SettingsOf<'update-data'>['assignments'], done: string): Action => ({
  type: 'update-data',
  name,
  settings: { assignments },
  next: { done },
});

export function flowOf(parts: Partial<Flow> & Pick<Flow, 'entry' | 'actions'>): Flow {
  return { id: 'main', name: 'Main', type: 'inbound-email', fallback: { queue: 'fallback' }, ...parts };
}

/** Runs a flow that the checks find no fault with, and modules likewise: what is tested is what can be published. */
export async function run(flow: Flow, modules: Flow[] = [], email = typicalEmail()): Promise<Run> {
  const known = { modules: describeModules(modules) };
  for (const each of [flow, ...modules]) {
    const { issues } = checkFlow(each, known);
    // A variable that a run shows but nothing reads is a warning only.
    expect(issues.filter(({ code }) => code !== 'unused-variable')).toEqual([]);
  }
  return runAnyway(flow, modules, email);
}

export function runAnyway(flow: Flow, modules: Flow[] = [], email = typicalEmail()): Promise<Run> {
  const published = (id: string) => {
    const found = modules.find((module) => module.id === id);
    return found === undefined ? null : { flow: found, version: 7 };
  };
  return runFlow(flow, email, runContext, realPorts({ flows: { published } }));
}

/** The way of a mail, an entry a step: `task/action outcome`. */
export const ways = ({ steps }: Run) =>
  steps.map(
    ({ flow, task, action, outcome }) =>
      [flow, task, action].filter(Boolean).join('/') + (outcome === null ? '' : ` ${outcome}`),
  );
