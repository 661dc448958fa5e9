import { Input, SegmentedControl } from '@mantine/core';
import { useId } from 'react';
import { type SourceTypeName, sourceTypeNames } from '../../../schemas/sources/index.ts';
import type { MailboxForm } from './mailbox-form.ts';
import { sourceForms } from './sources/index.ts';

interface TypeChoiceProps {
  form: MailboxForm;
  onChange: (part: Partial<MailboxForm>) => void;
}

const choices = sourceTypeNames.map((value) => ({ value, label: sourceForms[value].label }));

/** By which protocol mail is fetched. A port that nobody changed follows. */
export function TypeChoice({ form, onChange }: TypeChoiceProps) {
  const id = useId();
  const choose = (type: SourceTypeName) => {
    const ports = sourceForms[type].ports;
    const isUsual = form.port === sourceForms[form.type].ports?.[form.security];
    onChange({ type, ...(isUsual && ports && { port: ports[form.security] }) });
  };
  return (
    <Input.Wrapper label="Protocol" labelElement="div" labelProps={{ id }}>
      <div>
        <SegmentedControl aria-labelledby={id} data={choices} value={form.type} onChange={choose} mt={4} />
      </div>
    </Input.Wrapper>
  );
}
