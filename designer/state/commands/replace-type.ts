import { type Action, type ActionType, actionTypes, outcomesOf } from '../../../schemas/actions/index.ts';
import { checkFlow } from '../../../schemas/check-flow.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { toPointer } from '../../../schemas/json-pointer.ts';
import { type SheetCommand, withAction, withNext } from './command.ts';
import { newAction } from './new-action.ts';

/**
 * Makes an action one of another type. It keeps its name (unless that was only the old type's), its note, the settings that the new type
 * has too, and the connections of outcomes that both have; a single way on stays one, whatever it is called.
 */
export function replaceType(id: string, type: ActionType): SheetCommand {
  return {
    label: `Replace by ${actionTypes[type].title.toLowerCase()}`,
    select: [id],
    apply: (before) => withAction(before, id, (action) => (action.type === type ? action : replaced(action, type))),
  };
}

function replaced(action: Action, type: ActionType): Action {
  const fresh = newAction(type);
  const isNamedAfterType = action.name === actionTypes[action.type].title;
  const kept: Action = {
    ...fresh,
    name: isNamedAfterType ? fresh.name : action.name,
    ...(action.note === undefined ? {} : { note: action.note }),
  };
  const withSettings = Object.entries(action.settings).reduce(withSetting, kept);
  return withNext(withSettings, keptConnections(action, withSettings));
}

/** The action with the setting, if its type has one of that name and takes the value. */
function withSetting(action: Action, [key, value]: [string, unknown]): Action {
  if (!Object.hasOwn(actionTypes[action.type].settings.properties, key)) return action;
  // Whether type and setting fit each other is what is asked in the next line.
  const candidate = { ...action, settings: { ...action.settings, [key]: value } } as Action;
  return takes(candidate, key) ? candidate : action;
}

/** Whether the setting has the shape that the type asks for, by the document's own validator: the browser may compile no other. */
function takes(action: Action, setting: string): boolean {
  const document: Flow = {
    id: 'replace',
    name: 'Replace',
    type: 'inbound-email',
    fallback: { queue: 'any' },
    entry: 'it',
    actions: { it: action },
  };
  const { flow, issues } = checkFlow(document, {});
  const at = toPointer('actions', 'it', 'settings', setting);
  return flow !== null || !issues.some(({ path }) => path === at || path.startsWith(`${at}/`));
}

function keptConnections(before: Action, after: Action): Record<string, string> {
  const outcomes = outcomesOf(after);
  const next = Object.entries(before.next ?? {});
  const kept = next.filter(([outcome]) => outcomes.includes(outcome));
  const [first] = outcomes;
  const targets = [...new Set(next.map(([, target]) => target))];
  const [only] = targets;
  if (kept.length === 0 && targets.length === 1 && first !== undefined && only !== undefined) return { [first]: only };
  return Object.fromEntries(kept);
}
