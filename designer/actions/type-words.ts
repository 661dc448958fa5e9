import { actionTypes, isActionType } from '../../schemas/actions/index.ts';

/** What people call an action type; as it stands where a run of another version names one that is not known here. */
export function typeWords(type: string): string {
  return isActionType(type) ? actionTypes[type].title : type;
}
