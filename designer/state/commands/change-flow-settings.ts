import type { Fallback, Flow } from '../../../schemas/flow.ts';
import type { FlowCommand } from './command.ts';

type FlowSettings = Partial<Pick<Flow, 'name' | 'description'> & { fallback: Fallback }>;

/** Name, description and fallback of the flow itself. An empty description leaves no trace in the file. */
export function changeFlowSettings(change: FlowSettings): FlowCommand {
  return {
    label: 'Change flow settings',
    burst: `flow:${Object.keys(change).join()}`,
    applyToFlow: (before) => {
      const after: Flow = { ...before, ...change };
      if (after.description === '' && before.description === undefined) delete after.description;
      return JSON.stringify(after) === JSON.stringify(before) ? before : after;
    },
  };
}
