import { layoutFlow } from '../../graph/layout-flow.ts';
import type { SheetCommand } from './command.ts';

/** Arranges every card; the same flow is always arranged alike. */
export function autoLayout(): SheetCommand {
  return {
    label: 'Arrange cards',
    apply: (before) => {
      const layout = layoutFlow(before);
      return JSON.stringify(layout) === JSON.stringify(before.layout) ? before : { ...before, layout };
    },
  };
}
