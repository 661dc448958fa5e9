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
  return { flow: placeMissing(document as Flow) };
}

function whyNotDrawable(document: unknown): string | null {
  if (!isRecord(document)) return 'A flow is a JSON object.';
  if (typeof document.name !== 'string' || typeof document.id !== 'string') return 'A flow needs an id and a name.';
  if (typeof document.entry !== 'string') return 'A flow needs an entry, if only an empty one.';
  if (!isRecord(document.fallback)) return 'A flow needs a fallback queue.';
  if (document.variables !== undefined && !Array.isArray(document.variables)) return 'The variables are not a list.';
  if (!isRecord(document.actions)) return 'A flow needs its actions, if only an empty object.';
  if (document.layout !== undefined && !isLayout(document.layout))
    return 'The layout must hold an x and a y for each action.';
  for (const [id, action] of Object.entries(document.actions)) {
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
