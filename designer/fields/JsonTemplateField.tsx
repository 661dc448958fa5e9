import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';
import { JsonText } from './JsonText.tsx';

/** JSON whose texts are templates. */
export function JsonTemplateField({ id, label, description, value, onChange, issues }: FieldProps) {
  return (
    <JsonText
      id={id}
      label={label}
      description={description}
      value={value}
      onChange={onChange}
      whenEmpty={{ value: undefined }}
      error={errorOf(issues)}
    />
  );
}
