import type { Flow } from '../../schemas/flow.ts';
import { findSheet, type SheetId, withSheet } from '../../schemas/sheet.ts';
import type { Command, SheetCommand } from './commands/command.ts';

export interface Edit {
  label: string;
  /** The document before and after; they share all that did not change, so a long history stays small. */
  before: Flow;
  after: Flow;
  /** The tab on which it was made, and the one it led to: undo and redo show what they change. */
  from: SheetId;
  to: SheetId;
  burst: string | undefined;
  atMs: number;
}

/** One stack for the canvas, the inspector and the flow's settings. */
export interface History {
  flow: Flow;
  past: readonly Edit[];
  future: readonly Edit[];
}

/** Pauses of more than a second separate thoughts, and so undo steps. */
const burstMs = 1_000;
/** Beyond 500 steps nobody goes back one by one; the bound keeps a day-long session's memory flat. */
const maxEdits = 500;

export function openHistory(flow: Flow): History {
  return { flow, past: [], future: [] };
}

/** The history after a command on the open tab; the same history if the command changed nothing. */
export function execute(history: History, sheet: SheetId, command: Command, nowMs: number): History {
  const isOfFlow = 'applyToFlow' in command;
  const after = isOfFlow ? command.applyToFlow(history.flow) : withSheet(history.flow, sheet, command.apply);
  if (after === history.flow) return history;
  const last = history.past.at(-1);
  const burst = burstOf(command, history.flow, sheet);
  const continues =
    burst !== undefined &&
    last?.burst === burst &&
    last.to === sheet &&
    nowMs - last.atMs < burstMs &&
    history.future.length === 0;
  const edit: Edit = {
    label: isOfFlow ? command.label : describe(command, history.flow, sheet),
    before: continues && last !== undefined ? last.before : history.flow,
    after,
    from: sheet,
    to: isOfFlow && command.show !== undefined ? command.show : sheet,
    burst,
    atMs: nowMs,
  };
  const past = [...(continues ? history.past.slice(0, -1) : history.past), edit].slice(-maxEdits);
  return { flow: after, past, future: [] };
}

function burstOf(command: Command, flow: Flow, id: SheetId): string | undefined {
  const sheet = findSheet(flow, id);
  return 'applyToFlow' in command || command.burstIn === undefined || sheet === undefined
    ? command.burst
    : command.burstIn(sheet);
}

function describe(command: SheetCommand, flow: Flow, id: SheetId): string {
  const sheet = findSheet(flow, id);
  return sheet === undefined ? command.label : (command.describe?.(sheet) ?? command.label);
}

export function undo(history: History): History {
  const edit = history.past.at(-1);
  if (edit === undefined) return history;
  return { flow: edit.before, past: history.past.slice(0, -1), future: [edit, ...history.future] };
}

export function redo(history: History): History {
  const [edit, ...future] = history.future;
  if (edit === undefined) return history;
  // A burst ends where somebody undid and redid it: typing on starts a new step.
  return { flow: edit.after, past: [...history.past, { ...edit, burst: undefined }], future };
}
