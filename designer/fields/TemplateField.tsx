import { Input, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { errorOf } from './error-of.tsx';
import { type FieldProps, numberIn } from './field.ts';
import { ScopeMenu } from './ScopeMenu.tsx';
import classes from './TemplateField.module.css';

/** A line of text with places that are filled from the mail. */
export function TemplateField(props: FieldProps) {
  return <Template {...props} isLong={false} />;
}

/** The same over several lines. */
export function LongTemplateField(props: FieldProps) {
  return <Template {...props} isLong />;
}

function Template({
  id,
  label,
  description,
  value,
  onChange,
  isRequired,
  schema,
  issues,
  isLong,
}: FieldProps & { isLong: boolean }) {
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const text = typeof value === 'string' ? value : '';
  const change = (next: string) => onChange(next === '' && !isRequired ? undefined : next);
  const insert = (path: string) => {
    const at = input.current?.selectionStart ?? text.length;
    const to = input.current?.selectionEnd ?? at;
    const place = `{{ ${path} }}`;
    change(text.slice(0, at) + place + text.slice(to));
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at + place.length, at + place.length);
    });
  };
  const common = {
    id,
    ref: input,
    value: text,
    maxLength: numberIn(schema, 'maxLength'),
    error: issues.length > 0,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => change(currentTarget.value),
  };
  return (
    <Input.Wrapper
      id={id}
      label={label}
      description={description}
      withAsterisk={isRequired}
      error={errorOf(issues)}
      className={classes.root ?? ''}
    >
      {isLong ? <Textarea {...common} autosize minRows={5} maxRows={18} /> : <TextInput {...common} />}
      <div className={classes.menu}>
        <ScopeMenu onPick={insert} label={`Insert a value into ${label}`} />
      </div>
    </Input.Wrapper>
  );
}
