import { Autocomplete, NumberInput, TextInput } from '@mantine/core';
import type { Logic } from '../../../schemas/logic.ts';
import type { ConditionField } from '../../../schemas/wording/condition-fields.ts';
import { useMailboxes } from '../../api/mailboxes.ts';
import { MailboxPicker } from '../../fields/pickers/MailboxPicker.tsx';
import type { Comparison } from '../comparison.ts';

interface FixedOperandProps {
  label: string;
  comparison: Comparison;
  value: Logic;
  onChange: (value: Logic) => void;
  isReadOnly: boolean;
}

/** A value as it stands in the flow. */
export function FixedOperand({
  label,
  comparison: { field, operator },
  value,
  onChange,
  isReadOnly,
}: FixedOperandProps) {
  if (field.kind === 'number') {
    return (
      <NumberInput
        size="xs"
        aria-label={label}
        value={typeof value === 'number' ? value : ''}
        readOnly={isReadOnly}
        onChange={(next) => typeof next === 'number' && onChange(next)}
      />
    );
  }
  const text = value === null ? '' : String(value);
  if (field.kind === 'date') {
    return (
      <TextInput
        size="xs"
        type="datetime-local"
        aria-label={label}
        value={localTime(text)}
        readOnly={isReadOnly}
        onChange={({ currentTarget }) => {
          const moment = new Date(currentTarget.value);
          onChange(Number.isNaN(moment.getTime()) ? '' : moment.toISOString());
        }}
      />
    );
  }
  const ofMailbox = mailboxParts[String(field.suggestions)];
  if (ofMailbox !== undefined && operator.logic === 'equals') {
    return (
      <MailboxPicker size="xs" name={label} by={ofMailbox} value={text} onChange={onChange} isReadOnly={isReadOnly} />
    );
  }
  if (field.suggestions !== undefined && operator.logic !== 'matches') {
    return <Suggested {...{ label, field, text, onChange, isReadOnly }} />;
  }
  return (
    <TextInput
      size="xs"
      aria-label={label}
      value={text}
      readOnly={isReadOnly}
      spellCheck={false}
      placeholder={operator.logic === 'matches' ? '(?i)order\\s*#?\\d+' : ''}
      {...(operator.logic === 'matches'
        ? { styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)' } } }
        : {})}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** What of a mailbox the whole value is. */
const mailboxParts: Readonly<Record<string, 'name' | 'address'>> = {
  'mailbox-names': 'name',
  'mailbox-addresses': 'address',
};

interface SuggestedProps {
  label: string;
  field: ConditionField;
  text: string;
  onChange: (value: Logic) => void;
  isReadOnly: boolean;
}

function Suggested({ label, field, text, onChange, isReadOnly }: SuggestedProps) {
  const mailboxes = useMailboxes().data?.items ?? [];
  const { suggestions } = field;
  const named = {
    'mailbox-names': mailboxes.map(({ name }) => name),
    'mailbox-addresses': mailboxes.map(({ address }) => address),
  };
  const data = typeof suggestions === 'string' ? named[suggestions] : [...(suggestions ?? [])];
  return (
    <Autocomplete
      size="xs"
      aria-label={label}
      data={[...new Set(data)].filter((each) => each !== '')}
      value={text}
      readOnly={isReadOnly}
      onChange={onChange}
    />
  );
}

/** ISO 8601 in UTC as the input's local time; empty for what is no date. */
function localTime(text: string): string {
  const moment = new Date(text);
  if (text === '' || Number.isNaN(moment.getTime())) return '';
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
