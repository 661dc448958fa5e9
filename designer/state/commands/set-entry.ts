import { nameIn, type SheetCommand } from './command.ts';

/** Makes an action the first one that a mail meets. */
export function setEntry(id: string): SheetCommand {
  return {
    label: 'Set entry',
    describe: (sheet) => `Start with ${nameIn(sheet, id)}`,
    apply: (before) => (before.entry === id || !Object.hasOwn(before.actions, id) ? before : { ...before, entry: id }),
  };
}
