import { type SheetCommand, withAction } from './command.ts';

export function renameAction(id: string, name: string): SheetCommand {
  return {
    label: 'Rename action',
    burst: `name:${id}`,
    apply: (before) => withAction(before, id, (action) => (action.name === name ? action : { ...action, name })),
  };
}

/** A note for colleagues; an empty one leaves no trace in the file. */
export function changeNote(id: string, note: string): SheetCommand {
  return {
    label: 'Change note',
    burst: `note:${id}`,
    apply: (before) =>
      withAction(before, id, (action) => {
        if ((action.note ?? '') === note) return action;
        const { note: _, ...rest } = action;
        return note === '' ? rest : { ...rest, note };
      }),
  };
}
