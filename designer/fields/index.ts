import type { FieldKind } from '../../schemas/logic.ts';
import { AssignmentsField } from './AssignmentsField.tsx';
import { CallInputsField } from './CallInputsField.tsx';
import { CallOutputsField } from './CallOutputsField.tsx';
import { ConditionField } from './ConditionField.tsx';
import { FromAddressField } from './FromAddressField.tsx';
import type { Field } from './field.ts';
import { HeadersField } from './HeadersField.tsx';
import { JsonTemplateField } from './JsonTemplateField.tsx';
import { ModuleField } from './ModuleField.tsx';
import { QueueField } from './QueueField.tsx';
import { ResponseMappingField } from './ResponseMappingField.tsx';
import { SkillsField } from './SkillsField.tsx';
import { SwitchCasesField } from './SwitchCasesField.tsx';
import { TaskField } from './TaskField.tsx';
import { LongTemplateField, TemplateField } from './template/TemplateField.tsx';
import { ValueSetting } from './ValueSetting.tsx';

/** One field per kind that schemas can ask for: a kind without one does not compile. */
export const fields: { readonly [K in FieldKind]: Field } = {
  condition: ConditionField,
  value: ValueSetting,
  template: TemplateField,
  'long-template': LongTemplateField,
  'html-template': LongTemplateField,
  queue: QueueField,
  'from-address': FromAddressField,
  skills: SkillsField,
  cases: SwitchCasesField,
  assignments: AssignmentsField,
  headers: HeadersField,
  'json-template': JsonTemplateField,
  'response-mapping': ResponseMappingField,
  task: TaskField,
  module: ModuleField,
  'call-inputs': CallInputsField,
  'call-outputs': CallOutputsField,
};
