import type { Flow } from '../../../schemas/flow.ts';
import type { FlowCommand } from './command.ts';

/** Inputs and outputs of a module. An empty list leaves no trace in the file. */
export function changeModuleVariables(change: Partial<Pick<Flow, 'inputs' | 'outputs'>>): FlowCommand {
  return {
    label: `Change ${Object.keys(change).join(' and ')}`,
    burst: `module:${Object.keys(change).join()}`,
    applyToFlow: (before) => {
      const after: Flow = { ...before, ...change };
      for (const key of ['inputs', 'outputs'] as const) if (after[key]?.length === 0) delete after[key];
      return JSON.stringify(after) === JSON.stringify(before) ? before : after;
    },
  };
}
