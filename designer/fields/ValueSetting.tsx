import { Box, Input } from '@mantine/core';
import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';
import { ValueField } from './ValueField.tsx';

/** A value that is a setting of its own, with its name above it; in rows the row names it. */
export function ValueSetting(props: FieldProps) {
  const { id, label, description, isRequired, issues } = props;
  return (
    <Input.Wrapper
      id={id}
      labelElement="div"
      label={label}
      description={description}
      withAsterisk={isRequired}
      error={errorOf(issues)}
    >
      <Box mt={4}>
        <ValueField {...props} />
      </Box>
    </Input.Wrapper>
  );
}
