import { isActionType } from '../../schemas/actions/index.ts';
import type { Flow } from '../../schemas/flow.ts';
import { placeMissing } from '../graph/layout-flow.ts';

/**
 * A stored draft as a flow that can be drawn, or why it cannot. Only the skeleton is looked at: a draft may be wrong in
 * every setting, and then opens with the issues that say so. Actions without a place get one.
 */
export function openDocument(document: unknown): { flow: Flow } | { reason: string } {
  const reason = whyNotDrawable(document);
  if (reason !== null) return { reason };
  // What canvas and commands walk over was looked at; settings are read with care by the cards and fields.
  return { flow: placed(document as Flow) };
}

/** Each sheet of the flow with a place for every action. */
function placed(flow: Flow): Flow {
  const main = placeMissing(flow);
  if (flow.tasks === undefined) return main;
  const tasks = Object.entries(flow.tasks).map(([id, task]) => [id, placeMissing(task)] as const);
  return tasks.every(([id, task]) => task === flow.tasks?.[id]) ? main : { ...main, tasks: Object.fromEntries(tasks) };
}

function whyNotDrawable(document: unknown): string | null {
  if (!isRecord(document)) return 'A flow is a JSON object.';
  if (typeof document.name !== 'string' || typeof document.id !== 'string') return 'A flow needs an id and a name.';
  if (!isRecord(document.fallback)) return 'A flow needs a fallback queue.';
  if (document.variables !== undefined && !Array.isArray(document.variables)) return 'The variables are not a list.';
  const reason = whyNotSheet(document, 'A flow');
  if (reason !== null || document.tasks === undefined) return reason;
  if (!isRecord(document.tasks)) return 'The tasks are not an object.';
  for (const [id, task] of Object.entries(document.tasks)) {
    const why = whyNotTask(task, `The task “${id}”`);
    if (why !== null) return why;
  }
  return null;
}

function whyNotTask(task: unknown, subject: string): string | null {
  if (!isRecord(task)) return `${subject} is not an object.`;
  if (typeof task.name !== 'string') return `${subject} needs a name.`;
  for (const list of [task.inputs, task.outputs]) {
    if (list !== undefined && !Array.isArray(list)) return `The inputs and outputs of ${subject} must be lists.`;
  }
  return whyNotSheet(task, subject);
}

function whyNotSheet(
  { entry, actions, layout, groups, notes }: Record<string, unknown>,
  subject: string,
): string | null {
  if (typeof entry !== 'string') return `${subject} needs an entry, if only an empty one.`;
  if (!isRecord(actions)) return `${subject} needs its actions, if only an empty object.`;
  if (layout !== undefined && !isLayout(layout)) return 'The layout must hold an x and a y for each action.';
  if (groups !== undefined && !areGroups(groups)) return 'Each group needs a name and a list of actions.';
  if (notes !== undefined && !areNotes(notes)) return 'Each note needs a text, a colour, a place and a size.';
  for (const [id, action] of Object.entries(actions)) {
    const reason = whyNotAction(action);
    if (reason !== null) return `The action “${id}” ${reason}.`;
  }
  return null;
}

function whyNotAction(action: unknown): string | null {
  if (!isRecord(action)) return 'is not an object';
  if (typeof action.type !== 'string' || !isActionType(action.type))
    return `has the unknown type “${String(action.type)}”`;
  if (typeof action.name !== 'string') return 'has no name';
  if (!isRecord(action.settings)) return 'has no settings';
  if (action.type === 'switch' && !areCases(action.settings.cases))
    return 'needs a list of cases, each with an outcome';
  if (action.next !== undefined && !areTargets(action.next)) return 'has connections that are not action ids';
  return null;
}

function areCases(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => isRecord(each) && typeof each.outcome === 'string');
}

function areTargets(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((target) => typeof target === 'string');
}

function isLayout(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every((place) => isRecord(place) && Number.isFinite(place.x) && Number.isFinite(place.y))
  );
}

function areGroups(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every(
      (group) =>
        isRecord(group) &&
        typeof group.name === 'string' &&
        Array.isArray(group.actions) &&
        group.actions.every((action) => typeof action === 'string'),
    )
  );
}

function areNotes(value: unknown): boolean {
  return (
    isRecord(value) &&
    Object.values(value).every(
      (note) =>
        isRecord(note) &&
        typeof note.text === 'string' &&
        typeof note.colour === 'string' &&
        [note.x, note.y, note.width, note.height].every(Number.isFinite),
    )
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
