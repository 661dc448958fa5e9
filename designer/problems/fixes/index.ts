import { answersAutomaticMail } from './answers-automatic-mail.ts';
import { badRegularExpression } from './bad-regular-expression.ts';
import { danglingConnection } from './dangling-connection.ts';
import { duplicateOutcome } from './duplicate-outcome.ts';
import { duplicateVariable } from './duplicate-variable.ts';
import type { Fixer } from './fix.ts';
import { missingEntry } from './missing-entry.ts';
import { notThere } from './not-there.ts';
import { showPlace } from './show-place.ts';
import { strayLeave } from './stray-leave.ts';
import { unconnectedOutcome } from './unconnected-outcome.ts';
import { unknownQueue } from './unknown-queue.ts';
import { unknownReference } from './unknown-reference.ts';
import { unknownTask } from './unknown-task.ts';
import { unknownVariable } from './unknown-variable.ts';
import { unreachableAction } from './unreachable-action.ts';
import { unusedTask } from './unused-task.ts';
import { wrongVariableValue } from './wrong-variable-value.ts';

/** How problems are mended, by the code of the issue; one line for each. */
export const fixers: Readonly<Record<string, Fixer>> = {
  'answers-automatic-mail': answersAutomaticMail,
  'bad-condition': showPlace,
  'bad-regular-expression': badRegularExpression,
  'bad-template': showPlace,
  'dangling-connection': danglingConnection,
  'duplicate-outcome': duplicateOutcome,
  'duplicate-variable': duplicateVariable,
  'empty-comparison': showPlace,
  'missing-entry': missingEntry,
  'missing-input': showPlace,
  'recursive-call': showPlace,
  'stray-leave': strayLeave,
  'unconnected-outcome': unconnectedOutcome,
  'unknown-input': notThere,
  'unknown-list': unknownReference('lists'),
  'unknown-module': showPlace,
  'unknown-output': notThere,
  'unknown-queue': unknownQueue,
  'unknown-schedule': unknownReference('schedules'),
  'unknown-task': unknownTask,
  'unknown-variable': unknownVariable,
  'unreachable-action': unreachableAction,
  'unusable-from-address': showPlace,
  'unused-task': unusedTask,
  'wrong-variable-value': wrongVariableValue,
};
