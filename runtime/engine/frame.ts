import type { Action } from '../../schemas/actions/index.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Flow, Task } from '../../schemas/flow.ts';
import type { Place, Step } from '../../schemas/run.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { readVariableRef, type Variable } from '../../schemas/variable.ts';
import type { RunningLoop } from './loops.ts';
import type { Call, PublishedFlow } from './ports.ts';
import type { Variables } from './variables.ts';
import { createVariables } from './variables.ts';

/** Where a run is: one sheet that is being walked, with the variables that it sees. A call puts another one on top. */
export interface Frame {
  readonly flow: Flow;
  readonly sheet: Sheet;
  /** The flow or the task as what is called: its name, inputs and outputs. */
  readonly owner: Pick<Task, 'name' | 'inputs' | 'outputs'>;
  /** As every step of this frame notes it. */
  readonly place: Place;
  readonly variables: Variables;
  readonly task: Variables | null;
  readonly loops: RunningLoop[];
  readonly caller: { frame: Frame; action: Action; step: Step; call: Call } | null;
  /** How many calls deep; the flow itself is 0. */
  readonly depth: number;
}

/** Twenty calls within calls are a circle, not a design. */
const maxDepth = 20;
const nowhere: Place = {};

export function mainFrame(flow: Flow): Frame {
  return {
    flow,
    sheet: flow,
    owner: flow,
    place: nowhere,
    variables: createVariables(variablesOf(flow), 'The flow'),
    task: null,
    loops: [],
    caller: null,
    depth: 0,
  };
}

/** The frame of a called task: it sees the flow's variables, and its own inputs and outputs. */
export function taskFrame(id: string, caller: NonNullable<Frame['caller']>): Frame {
  const { frame, call } = caller;
  const { flow, variables } = frame;
  const task = flow.tasks !== undefined && Object.hasOwn(flow.tasks, id) ? flow.tasks[id] : undefined;
  if (task === undefined) {
    throw new UserError('unknown-task', id === '' ? 'No task is chosen.' : `The flow has no task "${id}".`);
  }
  const own = createVariables([...(task.inputs ?? []), ...(task.outputs ?? [])], `The task "${task.name}"`);
  fill(own, task, call);
  return {
    flow,
    sheet: task,
    owner: task,
    place: { ...frame.place, task: id },
    variables,
    task: own,
    loops: [],
    caller,
    depth: deeper(frame),
  };
}

/** The frame of a called module: it sees nothing of its caller but its inputs, which are variables of its own. */
export function moduleFrame(id: string, published: PublishedFlow | null, caller: NonNullable<Frame['caller']>): Frame {
  if (published === null || published.flow.type !== 'module') {
    const message = id === '' ? 'No module is chosen.' : `There is no published module "${id}".`;
    throw new UserError('unknown-module', message);
  }
  const { flow, version } = published;
  const variables = createVariables(variablesOf(flow), `The module "${flow.name}"`);
  fill(variables, flow, caller.call);
  return {
    flow,
    sheet: flow,
    owner: flow,
    place: { flow: id, version },
    variables,
    task: null,
    loops: [],
    caller,
    depth: deeper(caller.frame),
  };
}

/** The value as the variable that `ref` names takes it, and where it belongs. */
export function coerceIn(frame: Frame, ref: string, value: unknown): unknown {
  const { of, name } = readVariableRef(ref);
  return variablesIn(frame, of).coerce(name, value);
}

export function assignIn(frame: Frame, ref: string, value: unknown): unknown {
  const { of, name } = readVariableRef(ref);
  const variables = variablesIn(frame, of);
  const fitted = variables.coerce(name, value);
  variables.values[name] = fitted;
  return fitted;
}

/** The value of an output of the sheet that is left. Throws `unknown-output`. */
export function outputOf(frame: Frame, name: string): unknown {
  if (frame.owner.outputs?.some((output) => output.name === name) !== true) {
    throw new UserError('unknown-output', `"${frame.owner.name}" has no output "${name}".`);
  }
  return (frame.task ?? frame.variables).values[name];
}

function variablesIn(frame: Frame, of: 'flow' | 'task'): Variables {
  if (of === 'flow') return frame.variables;
  if (frame.task === null) throw new UserError('unknown-variable', 'Only a task has variables of a task.');
  return frame.task;
}

function variablesOf({ variables = [], inputs = [], outputs = [] }: Flow): readonly Variable[] {
  return inputs.length + outputs.length === 0 ? variables : [...variables, ...inputs, ...outputs];
}

function fill(variables: Variables, called: Pick<Task, 'name' | 'inputs'>, { inputs }: Call): void {
  for (const [name, value] of Object.entries(inputs)) {
    if (called.inputs?.some((input) => input.name === name) !== true) {
      throw new UserError('unknown-input', `"${called.name}" has no input "${name}".`);
    }
    variables.values[name] = variables.coerce(name, value);
  }
}

function deeper({ depth }: Frame): number {
  if (depth < maxDepth) return depth + 1;
  throw new UserError('calls-too-deep', `Tasks and modules call each other more than ${maxDepth} deep, in a circle.`);
}
