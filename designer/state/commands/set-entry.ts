import type { Command } from './command.ts';

/** Makes an action the first one that a mail meets. */
export function setEntry(id: string): Command {
  return {
    label: 'Set entry',
    apply: (before) => (before.entry === id || !Object.hasOwn(before.actions, id) ? before : { ...before, entry: id }),
  };
}
