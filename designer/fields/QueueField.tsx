import { errorOf } from './error-of.tsx';
import type { FieldProps } from './field.ts';
import { QueuePicker } from './pickers/QueuePicker.tsx';

export function QueueField({ id, label, description, value, onChange, isRequired, issues }: FieldProps) {
  return (
    <QueuePicker
      id={id}
      label={label}
      description={description}
      isRequired={isRequired}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => onChange(next === '' && !isRequired ? undefined : next)}
      error={errorOf(issues)}
    />
  );
}
