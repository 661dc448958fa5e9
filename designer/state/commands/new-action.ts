import { type Action, type ActionType, actionTypes } from '../../../schemas/actions/index.ts';

/** A fresh action of the type, with the schema's defaults as its settings. */
export function newAction(type: ActionType): Action {
  const { title, defaults } = actionTypes[type];
  // The table gives each type its own defaults (a test parses them all by their schema); the compiler cannot pair type and settings over a union.
  return { type, name: title, settings: structuredClone(defaults) } as unknown as Action;
}
