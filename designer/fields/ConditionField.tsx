import { Input, SegmentedControl, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Logic } from '../../schemas/logic.ts';
import { conditionFields } from '../../schemas/wording/condition-fields.ts';
import { describeLogic } from '../../schemas/wording/describe-logic.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import { ConditionBuilder } from '../conditions/builder/ConditionBuilder.tsx';
import classes from './ConditionField.module.css';
import { errorOf } from './error-of.tsx';
import { useFieldSurroundings } from './FieldContext.ts';
import type { FieldProps } from './field.ts';
import { JsonText } from './JsonText.tsx';

/** A condition, as lines to click together or as the JsonLogic that stands in the file. */
export function ConditionField({ id, label, description, value, onChange, isRequired, issues, path }: FieldProps) {
  const { variables, isReadOnly } = useFieldSurroundings();
  const words = useCardWords();
  const fields = useMemo(() => conditionFields(variables), [variables]);
  // A document holds JSON: whatever the condition is, it is JsonLogic by form.
  const logic = (value ?? null) as Logic;
  const [isRaw, setIsRaw] = useState(false);
  const within = issues.map((issue) => ({ ...issue, path: issue.path.slice(path.length) }));
  return (
    <Input.Wrapper
      id={id}
      labelElement="div"
      label={label}
      description={description}
      withAsterisk={isRequired}
      error={isRaw ? errorOf(issues) : undefined}
      className={classes.root ?? ''}
    >
      <SegmentedControl
        className={classes.view ?? ''}
        size="xs"
        data={views}
        value={isRaw ? 'json' : 'rules'}
        onChange={(view) => setIsRaw(view === 'json')}
        aria-label={`How to show the ${label.toLowerCase()}`}
      />
      <Stack gap={6} mt={6} mb={isRaw && issues.length > 0 ? 4 : 0}>
        {isRaw ? (
          <JsonText label={`${label} as JSON`} isLabelHidden value={value} onChange={onChange} />
        ) : (
          <ConditionBuilder
            label={label}
            fields={fields}
            logic={logic}
            onChange={onChange}
            isReadOnly={isReadOnly}
            issues={within}
          />
        )}
        <Text size="xs" c="var(--sluice-muted)" className={classes.sentence}>
          {describeLogic(value, words)}
        </Text>
      </Stack>
    </Input.Wrapper>
  );
}

const views = [
  { value: 'rules', label: 'Rules' },
  { value: 'json', label: 'JSON' },
];
