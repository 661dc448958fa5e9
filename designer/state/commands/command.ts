import type { Action } from '../../../schemas/actions/index.ts';
import type { Flow } from '../../../schemas/flow.ts';
import type { Sheet, SheetId } from '../../../schemas/sheet.ts';

interface Edit {
  /** What the undo button says it takes back, such as "Delete 2 actions". */
  label: string;
  /** Commands of the same key that follow each other within a moment are one undo step: a burst of typing. */
  burst?: string;
  /** Actions to select afterwards, so that the person goes on with what they made. */
  select?: readonly string[];
  /** The same for sticky notes. */
  selectNotes?: readonly string[];
}

/**
 * One edit of what is drawn on the tab that is open, whichever it is. `apply` is pure, shares what it does not change, keeps
 * what it does not know (it spreads the sheet), and returns the very sheet it was given when there is nothing to do; the
 * stack then records nothing.
 */
export interface SheetCommand extends Edit {
  /** The label in more words, such as "Delete “Priority 10”", from the sheet before the edit. */
  describe?(sheet: Sheet): string;
  /** In place of `burst`, where it follows from the sheet before the edit; undefined for a step of its own. */
  burstIn?(sheet: Sheet): string | undefined;
  apply<S extends Sheet>(sheet: S): S;
}

/** One edit of the document beyond a single sheet: variables, settings, tasks. As pure and as sharing as a sheet's. */
export interface FlowCommand extends Edit {
  applyToFlow(flow: Flow): Flow;
  /** The tab to open afterwards; the one that is open stays where it is left out. */
  show?: SheetId;
}

export type Command = SheetCommand | FlowCommand;

/** Several edits of a sheet as one step of undo. */
export function allOf(label: string, commands: readonly SheetCommand[], edit: Omit<Edit, 'label'> = {}): SheetCommand {
  return {
    ...edit,
    label,
    apply: (before) => commands.reduce((sheet, command) => command.apply(sheet), before),
  };
}

/** An action by its name, as labels say it. */
export function nameIn({ actions }: Sheet, id: string): string {
  return `“${actions[id]?.name || id}”`;
}

/** The sheet with one action changed; the same sheet if there is no such action or nothing changed. */
export function withAction<S extends Sheet>(sheet: S, id: string, change: (action: Action) => Action): S {
  const action = sheet.actions[id];
  if (action === undefined) return sheet;
  const changed = change(action);
  return changed === action ? sheet : { ...sheet, actions: { ...sheet.actions, [id]: changed } };
}

/** The action with another `next`; without the key where nothing is connected, so that the file stays short. */
export function withNext(action: Action, next: Record<string, string>): Action {
  const { next: _, ...rest } = action;
  return Object.keys(next).length === 0 ? rest : { ...rest, next };
}
