import { answersAutomaticMail } from './answers-automatic-mail.ts';
import { badCondition } from './bad-condition.ts';
import { badRegularExpression } from './bad-regular-expression.ts';
import { badTemplate } from './bad-template.ts';
import { brokenCaller } from './broken-caller.ts';
import type { Check, FlowCheck } from './check.ts';
import { danglingConnection } from './dangling-connection.ts';
import { duplicateOutcome } from './duplicate-outcome.ts';
import { duplicateVariable } from './duplicate-variable.ts';
import { echoesStranger } from './echoes-stranger.ts';
import { emptyComparison } from './empty-comparison.ts';
import { missingEntry } from './missing-entry.ts';
import { missingInput } from './missing-input.ts';
import { noEnding } from './no-ending.ts';
import { recursiveCall } from './recursive-call.ts';
import { strayLeave } from './stray-leave.ts';
import { unconnectedOutcome } from './unconnected-outcome.ts';
import { unknownInput } from './unknown-input.ts';
import { unknownList } from './unknown-list.ts';
import { unknownModule } from './unknown-module.ts';
import { unknownOutput } from './unknown-output.ts';
import { unknownQueue } from './unknown-queue.ts';
import { unknownSchedule } from './unknown-schedule.ts';
import { unknownTask } from './unknown-task.ts';
import { unknownVariable } from './unknown-variable.ts';
import { unreachableAction } from './unreachable-action.ts';
import { unusableFromAddress } from './unusable-from-address.ts';
import { unusedTask } from './unused-task.ts';
import { unusedVariable } from './unused-variable.ts';
import { wrongVariableValue } from './wrong-variable-value.ts';

/** The checks of each sheet of a flow, one file each. An issue's code is the name of its file; among issues of one action this is their order. */
export const checks: readonly Check[] = [
  missingEntry,
  duplicateVariable,
  wrongVariableValue,
  danglingConnection,
  unconnectedOutcome,
  duplicateOutcome,
  badCondition,
  badRegularExpression,
  badTemplate,
  unknownVariable,
  unknownQueue,
  unusableFromAddress,
  unknownList,
  unknownSchedule,
  unknownTask,
  unknownModule,
  unknownInput,
  missingInput,
  unknownOutput,
  strayLeave,
  noEnding,
  unreachableAction,
  emptyComparison,
  echoesStranger,
];

/** The checks that look across the sheets. */
export const flowChecks: readonly FlowCheck[] = [
  unusedVariable,
  recursiveCall,
  unusedTask,
  brokenCaller,
  answersAutomaticMail,
];
