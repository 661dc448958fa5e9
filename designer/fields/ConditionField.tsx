import { Alert, Input, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Logic } from '../../schemas/logic.ts';
import { conditionFields } from '../conditions/condition-fields.ts';
import { describeLogic } from '../conditions/describe-logic.ts';
import { isSameLogic } from '../conditions/logic-shape.ts';
import { logicToRules } from '../conditions/logic-to-rules.ts';
import { RuleBuilder } from '../conditions/RuleBuilder.tsx';
import type { RuleGroup } from '../conditions/rules.ts';
import { rulesToLogic } from '../conditions/rules-to-logic.ts';
import classes from './ConditionField.module.css';
import { errorOf } from './error-of.tsx';
import { useFieldSurroundings } from './FieldContext.ts';
import type { FieldProps } from './field.ts';
import { JsonText } from './JsonText.tsx';

/** A condition, as rules to click together or as the JsonLogic that stands in the file. */
export function ConditionField({ id, label, description, value, onChange, isRequired, issues }: FieldProps) {
  const { variables, isReadOnly } = useFieldSurroundings();
  const fields = useMemo(() => conditionFields(variables), [variables]);
  // A document holds JSON: whatever the condition is, it is JsonLogic by form.
  const logic = (value ?? null) as Logic;
  const [own, setOwn] = useState<RuleGroup | null>(null);
  const [isRaw, setIsRaw] = useState(false);
  // The rules being edited are kept as they are while they mean what the document says: a group that is still empty stays on screen.
  const isOwnCurrent = own !== null && isSameLogic(rulesToLogic(own, fields), logic);
  const rules = useMemo(() => (isOwnCurrent ? own : logicToRules(logic, fields)), [isOwnCurrent, own, logic, fields]);
  const canBuild = rules !== null;
  const change = (next: RuleGroup) => {
    setOwn(next);
    const after = rulesToLogic(next, fields);
    if (!isSameLogic(after, logic)) onChange(after);
  };
  return (
    <Input.Wrapper
      id={id}
      labelElement="div"
      label={label}
      description={description}
      withAsterisk={isRequired}
      error={errorOf(issues)}
      className={classes.root ?? ''}
    >
      <SegmentedControl
        className={classes.view ?? ''}
        size="xs"
        data={views}
        value={isRaw || !canBuild ? 'json' : 'rules'}
        onChange={(view) => setIsRaw(view === 'json')}
        disabled={!canBuild}
        aria-label={`How to show the ${label.toLowerCase()}`}
      />
      <Stack gap={6} mt={6} mb={issues.length > 0 ? 4 : 0}>
        {rules !== null && !isRaw ? (
          <RuleBuilder fields={fields} rules={rules} onChange={change} isReadOnly={isReadOnly} />
        ) : (
          <>
            {!canBuild && (
              <Alert p="xs" icon={<IconInfoCircle size={16} />}>
                This condition uses more than the rules can show, so it is edited as JSON.
              </Alert>
            )}
            <JsonText label={`${label} as JSON`} isLabelHidden value={value} onChange={onChange} />
          </>
        )}
        <Text size="xs" c="var(--sluice-muted)" className={classes.sentence}>
          {describeLogic(value)}
        </Text>
      </Stack>
    </Input.Wrapper>
  );
}

const views = [
  { value: 'rules', label: 'Rules' },
  { value: 'json', label: 'JSON' },
];
