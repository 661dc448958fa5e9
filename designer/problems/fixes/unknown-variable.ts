import { resolvePointer } from '../../../schemas/json-pointer.ts';
import { nearestName } from '../../../schemas/nearest-name.ts';
import { createPathChecker, visibleIn } from '../../../schemas/scope-paths.ts';
import { mainSheet, type SheetId } from '../../../schemas/sheet.ts';
import { readVariableRef, type Variable, type VariableType, variableNamePattern } from '../../../schemas/variable.ts';
import { changeTask } from '../../state/commands/change-task.ts';
import type { FlowCommand } from '../../state/commands/command.ts';
import type { Fix, Fixer } from './fix.ts';
import { type RuleAt, ruleAt, withFirst } from './rule-at.ts';
import { setAt } from './set-at.ts';

/** The nearest name in place of one that is not there, or a variable of that name. */
export const unknownVariable: Fixer = (context) => {
  const value = resolvePointer(context.flow, context.issue.path);
  const rule = ruleAt(context.flow, context.issue.path);
  if (rule.operator === 'var' || typeof value !== 'string') return inRule(context, rule);
  return rule.operator === 'variable' ? written(context, value) : inTemplate(context, value);
};

/** A name that an assignment or a service's answer writes to. */
function written({ flow, issue, sheetId }: Parameters<Fixer>[0], name: string): Fix[] {
  const { flow: own, task = [] } = visibleIn(flow, sheetId);
  const names = [...own.map((variable) => variable.name), ...task.map((variable) => `task.${variable.name}`)];
  const nearest = nearestName(name, names);
  const fixes: Fix[] =
    nearest === undefined
      ? []
      : [{ label: `Use “${nearest}”`, command: setAt(issue.path, nearest, 'Use the variable') }];
  const assigned = resolvePointer(flow, issue.path.replace(/\/variable$/, '/value'));
  return [...fixes, ...create(sheetId, name, typeOf(assigned))];
}

/** A path that a rule reads: `{"var": "email.subjct"}`, its default being kept. */
function inRule({ flow, issue, sheetId }: Parameters<Fixer>[0], rule: RuleAt): Fix[] {
  const path = rule.first;
  if (rule.operator !== 'var' || typeof path !== 'string') return [];
  const found = createPathChecker({ ...visibleIn(flow, sheetId), loop: true }, 'rule')(path.split('.'));
  if (found === null) return [];
  const { unknown, suggestion } = found;
  if (suggestion === undefined) return create(sheetId, nameOf(unknown));
  const right = withFirst(rule, suggestion + path.slice(unknown.length));
  const use = { label: `Use ${suggestion}`, command: setAt(issue.path, right, 'Use the nearest name') };
  return [use, ...create(sheetId, nameOf(unknown))];
}

/** A path that a template reads: replaced wherever the template reads it. */
function inTemplate({ flow, issue, sheetId }: Parameters<Fixer>[0], template: string): Fix[] {
  const check = createPathChecker({ ...visibleIn(flow, sheetId), loop: true }, 'template');
  for (const [path] of template.matchAll(/[A-Za-z_]\w*(?:\.\w+)*/g)) {
    const found = check(path.split('.'));
    // Words outside of tags look like paths too: only what the issue names is meant.
    if (found === null || !isNamed(issue.message, found.unknown)) continue;
    const { unknown, suggestion } = found;
    if (suggestion === undefined) return create(sheetId, nameOf(unknown));
    const right = template.replaceAll(wholePath(unknown), suggestion);
    const use = { label: `Use ${suggestion}`, command: setAt(issue.path, right, 'Use the nearest name') };
    return [use, ...create(sheetId, nameOf(unknown))];
  }
  return [];
}

/** The checks name a path, or a variable of the flow by its name alone. */
function isNamed(message: string, path: string): boolean {
  const name = nameOf(path);
  return message.includes(`"${path}"`) || (name !== '' && message.includes(`"${readVariableRef(name).name}"`));
}

function wholePath(path: string): RegExp {
  return new RegExp(`(?<![\\w.])${path.replaceAll('.', '\\.')}(?!\\w)`, 'g');
}

/** `topic` of `flow.topic`, `task.topic` of itself; empty for what is no variable. */
function nameOf(path: string): string {
  if (path.startsWith('task.')) return path;
  return path.startsWith('flow.') ? path.slice(5) : '';
}

function create(sheet: SheetId, ref: string, type: VariableType = 'string'): Fix[] {
  const { of, name } = readVariableRef(ref);
  if (!new RegExp(variableNamePattern).test(name) || (of === 'task' && sheet === mainSheet)) return [];
  const command = of === 'task' ? addOutput(sheet, { name, type }) : addVariable({ name, type });
  return [{ label: `Create the variable “${ref}”`, command }];
}

/** A variable of a task is one of its outputs, if it is not an input. */
function addOutput(sheet: SheetId, output: Variable): FlowCommand {
  return {
    label: 'Create a variable',
    applyToFlow: (before) =>
      changeTask(before, sheet, (task) => ({ ...task, outputs: [...(task.outputs ?? []), output] })),
  };
}

function addVariable(variable: Variable): FlowCommand {
  return {
    label: 'Create a variable',
    applyToFlow: (before) =>
      before.variables?.some(({ name }) => name === variable.name) === true
        ? before
        : { ...before, variables: [...(before.variables ?? []), variable] },
  };
}

function typeOf(value: unknown): VariableType {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'boolean';
  return Array.isArray(value) ? 'list' : 'string';
}
