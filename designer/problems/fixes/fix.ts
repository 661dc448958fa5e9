import type { Action } from '../../../schemas/actions/index.ts';
import type { Flow } from '../../../schemas/flow.ts';
import type { Issue } from '../../../schemas/issue.ts';
import { pointerSegments } from '../../../schemas/json-pointer.ts';
import { findSheet, mainSheet, type Sheet, type SheetId } from '../../../schemas/sheet.ts';
import type { ChoiceItem } from '../../commands/choice.ts';
import type { Command } from '../../state/commands/command.ts';

/** One way to mend a problem. Whatever changes the document is one command, so that one undo takes it back. */
export type Fix =
  | { label: string; command: Command }
  /** The person chooses from a list first. */
  | { label: string; choose: { title: string; items: readonly ChoiceItem[]; command: (id: string) => Command } }
  /** Not of the document: the queue is made on the server. */
  | { label: string; createQueue: string }
  /** Leads to the place: only a person knows what should stand there. */
  | { label: string; show: true };

/** Something of the settings that a flow names by its id. */
interface Named {
  id: string;
  name: string;
}

/** What is known of the installation. */
export interface FixKnown {
  queues: readonly Named[];
  lists: readonly Named[];
  schedules: readonly Named[];
}

export interface FixContext {
  flow: Flow;
  issue: Issue;
  /** The sheet that the issue is about. */
  sheet: Sheet;
  sheetId: SheetId;
  /** The action that the issue is about, where it is about one that is there. */
  id: string;
  action: Action | undefined;
  /** Segments of the issue's path below its sheet. */
  at: readonly string[];
  known: FixKnown;
}

/** The ways to mend problems of one code, the most likely first; none where nothing is obvious. */
export type Fixer = (context: FixContext) => Fix[];

export function fixContext(flow: Flow, issue: Issue, known: FixKnown): FixContext {
  const sheetId = issue.task ?? mainSheet;
  const sheet = findSheet(flow, sheetId) ?? flow;
  const segments = pointerSegments(issue.path) ?? [];
  const at = segments[0] === 'tasks' ? segments.slice(2) : segments;
  const id = issue.action ?? '';
  const action = Object.hasOwn(sheet.actions, id) ? sheet.actions[id] : undefined;
  return { flow, issue, sheet, sheetId, id, action, at, known };
}
