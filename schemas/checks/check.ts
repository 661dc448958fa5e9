import type { Action } from '../actions/index.ts';
import type { Flow } from '../flow.ts';
import type { FlowField } from '../flow-fields.ts';
import type { LogicReport } from '../inspect-logic.ts';
import type { Issue, Severity } from '../issue.ts';
import { toPointer } from '../json-pointer.ts';
import type { KnownModule } from '../known-module.ts';
import type { VisibleVariables } from '../scope-paths.ts';
import { mainSheet, pathOfSheet, type Sheet, type SheetId } from '../sheet.ts';
import type { Variable } from '../variable.ts';

/** One action with what the checks ask of it. */
export interface CheckedAction {
  id: string;
  action: Action;
  outcomes: readonly string[];
  /** Connections that lead to an action which exists, in the order of the outcomes. */
  connections: readonly { outcome: string; target: string }[];
  fields: readonly FlowField[];
}

/** A condition or value, inspected once for all checks. */
export interface CheckedRule {
  action: string;
  at: readonly (string | number)[];
  report: LogicReport;
}

/** A template, parsed once for all checks; `problem` where it cannot be. */
export interface CheckedTemplate {
  action: string;
  at: readonly (string | number)[];
  reads: readonly (readonly string[])[];
  problem?: string;
}

/** What the checks look at: one sheet of a flow, prepared, and what is known of the installation. Paths are relative to the sheet. */
export interface CheckContext {
  flow: Flow;
  id: SheetId;
  sheet: Sheet;
  /** How sentences call it: `The flow`, `The task "Thank"`. */
  name: string;
  /** The variables that the sheet declares, by the list they stand in. */
  declared: readonly { list: 'variables' | 'inputs' | 'outputs'; variables: readonly Variable[] }[];
  /** What its conditions and templates see. */
  visible: VisibleVariables;
  /** In the order of the document. */
  actions: ReadonlyMap<string, CheckedAction>;
  rules: readonly CheckedRule[];
  templates: readonly CheckedTemplate[];
  /** Ids of actions that a mail can come to. */
  reachable: ReadonlySet<string>;
  /** Ids of actions that a mail can come to while no loop runs. */
  outsideLoops: ReadonlySet<string>;
  known: Known;
}

/** A flow with all its sheets, for checks that look across them. */
export interface CheckedFlow {
  flow: Flow;
  /** The flow itself first, then its tasks in the order of the document. */
  sheets: ReadonlyMap<SheetId, CheckContext>;
  known: Known;
}

/** What only an installation knows. Undefined is "cannot be known here": the check is left out. */
export interface Known {
  queues?: readonly string[] | undefined;
  lists?: readonly string[] | undefined;
  schedules?: readonly string[] | undefined;
  /** With what stands in the way of using each; empty for nothing. */
  fromAddresses?: readonly { id: string; problem: string }[] | undefined;
  /** The published modules. */
  modules?: readonly KnownModule[] | undefined;
}

/** Looks at one sheet in time linear in its size; reports, never throws. */
export type Check = (context: CheckContext) => Issue[];

/** Looks at the whole flow, in paths from the document's root. */
export type FlowCheck = (flow: CheckedFlow) => Issue[];

export function issue(
  code: string,
  severity: Severity,
  at: readonly (string | number)[],
  message: string,
  action?: string,
): Issue {
  return { code, severity, path: toPointer(...at), message, ...(action === undefined ? {} : { action }) };
}

/** An issue of a sheet as one of the document. */
export function inSheet(id: SheetId, found: Issue): Issue {
  return id === mainSheet ? found : { ...found, path: toPointer(...pathOfSheet(id)) + found.path, task: id };
}
