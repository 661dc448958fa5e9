import { NumberInput } from '@mantine/core';
import type { OwnFieldsProps } from './source-form.ts';

interface TakeDaysFieldProps extends Pick<OwnFieldsProps, 'form' | 'onChange'> {
  hint: string;
}

/** For a new mailbox only: once it was read, its place is known. */
export function TakeDaysField({ form, onChange, hint }: TakeDaysFieldProps) {
  return (
    <NumberInput
      label="Also take the last days"
      description={form.takeDays === 0 ? 'Only mail that arrives from now on is taken' : hint}
      suffix={form.takeDays === 1 ? ' day' : ' days'}
      min={0}
      max={365}
      allowDecimal={false}
      clampBehavior="strict"
      value={form.takeDays}
      onChange={(days) => onChange({ takeDays: Number(days) })}
    />
  );
}
