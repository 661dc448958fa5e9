import type { Flow } from '../../../schemas/flow.ts';
import type { Command } from './command.ts';

/** The whole document at once, from a file or a published version; the flow keeps its own id. */
export function replaceFlow(document: Flow, label: string): Command {
  return { label, select: [], apply: (before) => ({ ...document, id: before.id }) };
}
