import { answersAutomaticMail } from './answers-automatic-mail.ts';
import { badCondition } from './bad-condition.ts';
import { badRegularExpression } from './bad-regular-expression.ts';
import { badTemplate } from './bad-template.ts';
import type { Check } from './check.ts';
import { danglingConnection } from './dangling-connection.ts';
import { duplicateOutcome } from './duplicate-outcome.ts';
import { duplicateVariable } from './duplicate-variable.ts';
import { echoesStranger } from './echoes-stranger.ts';
import { emptyComparison } from './empty-comparison.ts';
import { missingEntry } from './missing-entry.ts';
import { noEnding } from './no-ending.ts';
import { unconnectedOutcome } from './unconnected-outcome.ts';
import { unknownList } from './unknown-list.ts';
import { unknownQueue } from './unknown-queue.ts';
import { unknownSchedule } from './unknown-schedule.ts';
import { unknownVariable } from './unknown-variable.ts';
import { unreachableAction } from './unreachable-action.ts';
import { unusedVariable } from './unused-variable.ts';
import { wrongVariableValue } from './wrong-variable-value.ts';

/** The checks of a flow, one file each. An issue's code is the name of its file; among issues of one action this is their order. */
export const checks: readonly Check[] = [
  missingEntry,
  duplicateVariable,
  unusedVariable,
  wrongVariableValue,
  danglingConnection,
  unconnectedOutcome,
  duplicateOutcome,
  badCondition,
  badRegularExpression,
  badTemplate,
  unknownVariable,
  unknownQueue,
  unknownList,
  unknownSchedule,
  noEnding,
  unreachableAction,
  answersAutomaticMail,
  emptyComparison,
  echoesStranger,
];
