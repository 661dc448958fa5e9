import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { errorOf } from './error-of.tsx';
import { type FieldProps, keywordOf, numberIn } from './field.ts';

/** What is typed stays as it is until it is a number; the document never holds half of one. */
export function NumberField({ id, label, description, value, onChange, isRequired, schema, issues }: FieldProps) {
  const known = typeof value === 'number' ? value : '';
  const [text, setText] = useState<string | number>(known);
  useEffect(() => setText(known), [known]);
  const standard = keywordOf(schema, 'default');
  return (
    <NumberInput
      id={id}
      label={label}
      description={description}
      withAsterisk={isRequired}
      value={text}
      placeholder={typeof standard === 'number' && !isRequired ? String(standard) : ''}
      onChange={(next) => {
        setText(next);
        if (typeof next === 'number') onChange(next);
        else if (next === '' && !isRequired) onChange(undefined);
      }}
      onBlur={() => setText(known)}
      {...bounds(schema)}
      allowDecimal={keywordOf(schema, 'type') !== 'integer'}
      clampBehavior="blur"
      error={errorOf(issues)}
    />
  );
}

function bounds(schema: FieldProps['schema']): { min?: number; max?: number } {
  const min = numberIn(schema, 'minimum');
  const max = numberIn(schema, 'maximum');
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}
