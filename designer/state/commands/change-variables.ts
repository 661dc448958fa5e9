import type { Variable } from '../../../schemas/variable.ts';
import type { FlowCommand } from './command.ts';

export function changeVariables(variables: readonly Variable[]): FlowCommand {
  return {
    label: 'Change variables',
    burst: 'variables',
    applyToFlow: (before) => {
      if (variables.length > 0) return { ...before, variables: [...variables] };
      if (before.variables === undefined) return before;
      const { variables: _, ...rest } = before;
      return rest;
    },
  };
}
