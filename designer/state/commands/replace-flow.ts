import type { Flow } from '../../../schemas/flow.ts';
import type { FlowCommand } from './command.ts';

/** The whole document at once, from a file or a published version; the flow keeps its own id. */
export function replaceFlow(document: Flow, label: string): FlowCommand {
  return { label, select: [], applyToFlow: (before) => ({ ...document, id: before.id }) };
}
