import type { Action } from '../actions/index.ts';
import type { Flow } from '../flow.ts';
import type { FlowField } from '../flow-fields.ts';
import type { LogicReport } from '../inspect-logic.ts';
import type { Issue, Severity } from '../issue.ts';
import { toPointer } from '../json-pointer.ts';

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

/** What the checks look at: the flow, prepared, and what is known of the installation. */
export interface CheckContext {
  flow: Flow;
  /** In the order of the document. */
  actions: ReadonlyMap<string, CheckedAction>;
  rules: readonly CheckedRule[];
  templates: readonly CheckedTemplate[];
  /** Ids of actions that a mail can come to. */
  reachable: ReadonlySet<string>;
  known: Known;
}

/** What only an installation knows. Undefined is "cannot be known here": the check is left out. */
export interface Known {
  queues?: readonly string[] | undefined;
  lists?: readonly string[] | undefined;
  schedules?: readonly string[] | undefined;
}

/** Looks at the whole flow in time linear in its size; reports, never throws. */
export type Check = (context: CheckContext) => Issue[];

export function issue(
  code: string,
  severity: Severity,
  at: readonly (string | number)[],
  message: string,
  action?: string,
): Issue {
  return { code, severity, path: toPointer(...at), message, ...(action === undefined ? {} : { action }) };
}
