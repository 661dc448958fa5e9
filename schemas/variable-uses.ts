import type { Flow } from './flow.ts';
import type { FlowField } from './flow-fields.ts';
import { fieldsOf } from './flow-fields.ts';
import { inspectLogic } from './inspect-logic.ts';
import { pathsRead } from './logic-paths.ts';
import type { SheetId } from './sheet.ts';
import { findSheet, mainSheet } from './sheet.ts';
import { findVariables } from './template-variables.ts';

/** One setting that reads or writes a variable of the flow. */
export interface VariableUse {
  sheet: SheetId;
  action: string;
  /** The setting's own name, such as `condition`. */
  setting: string;
  isWritten: boolean;
}

/**
 * Where each variable is used, by how it is referred to; each setting once. Of a task that is `task.name`, on the task's own sheet. Names
 * that nobody declares are there as well.
 */
export function variableUses(flow: Flow): ReadonlyMap<string, readonly VariableUse[]> {
  const uses = new Map<string, VariableUse[]>();
  for (const sheet of [mainSheet, ...Object.keys(flow.tasks ?? {})]) {
    for (const [action, described] of Object.entries(findSheet(flow, sheet)?.actions ?? {})) {
      for (const field of fieldsOf(action, described)) {
        const setting = String(field.at[3] ?? '');
        for (const { name, isWritten } of namesIn(field)) {
          const known = uses.get(name) ?? [];
          const isThere = known.some(
            (use) =>
              use.sheet === sheet && use.action === action && use.setting === setting && use.isWritten === isWritten,
          );
          if (!isThere) known.push({ sheet, action, setting, isWritten });
          uses.set(name, known);
        }
      }
    }
  }
  return uses;
}

function namesIn({ kind, value }: FlowField): { name: string; isWritten: boolean }[] {
  switch (kind) {
    case 'condition':
    case 'value':
      return inspectLogic(value)
        .uses.filter(({ perItem }) => !perItem)
        .flatMap(({ operator, operands }) => pathsRead(operator, operands))
        .flatMap((path) => {
          const [owner, name = ''] = path.split('.');
          if (owner !== 'flow' && owner !== 'task') return [];
          return [{ name: owner === 'task' ? `task.${name}` : name, isWritten: false }];
        });
    case 'assignments':
    case 'response-mapping':
      return Array.isArray(value) ? value.map(({ variable }) => ({ name: String(variable), isWritten: true })) : [];
    case 'call-outputs':
      return Object.keys(Object(value)).map((name) => ({ name, isWritten: true }));
    case 'template':
    case 'long-template':
    case 'html-template':
    case 'json-template':
      return textsIn(value).flatMap((text) => findVariables(text).map(({ name }) => ({ name, isWritten: false })));
    default:
      return [];
  }
}

/** Every text of a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
