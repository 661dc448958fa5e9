import { ActionIcon, Group, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Hours } from '../../../schemas/schedule.ts';
import { minutesOf } from '../../../schemas/schedule-hours.ts';
import { readTime, timeOf } from './new-schedule.ts';

interface HoursFieldsProps {
  /** "Monday", "25 December". */
  day: string;
  hours: readonly Hours[];
  onChange: (hours: Hours[]) => void;
  isReadOnly: boolean;
}

/** The hours of a day as texts: the way of the keyboard, and to the minute. */
export function HoursFields({ day, hours, onChange, isReadOnly }: HoursFieldsProps) {
  const add = () => {
    const last = hours.at(-1);
    const from = last === undefined ? 540 : Math.min(minutesOf(last.to) + 60, 1_380);
    onChange([...hours, { from: timeOf(from), to: timeOf(last === undefined ? 1_020 : Math.min(from + 120, 1_440)) }]);
  };
  return (
    <Group gap={6} wrap="wrap">
      {hours.length === 0 && (
        <Text size="xs" c="var(--sluice-muted)">
          closed
        </Text>
      )}
      {hours.map(({ from, to }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: hours have no name but their place
        <Group key={index} gap={2} wrap="nowrap">
          <TimeField
            label={`${day}, from`}
            value={from}
            onChange={(next) => onChange(hours.with(index, { from: next, to }))}
            isWrong={from >= to}
            isReadOnly={isReadOnly}
          />
          <Text size="xs" c="var(--sluice-muted)">
            –
          </Text>
          <TimeField
            label={`${day}, to`}
            value={to}
            onChange={(next) => onChange(hours.with(index, { from, to: next }))}
            isWrong={from >= to}
            isReadOnly={isReadOnly}
          />
          {!isReadOnly && (
            <ActionIcon
              size={20}
              aria-label={`Remove ${from} to ${to} on ${day}`}
              onClick={() => onChange(hours.toSpliced(index, 1))}
            >
              <IconX size={12} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {!isReadOnly && hours.length < 12 && (
        <ActionIcon size={20} aria-label={`Add hours on ${day}`} onClick={add}>
          <IconPlus size={14} />
        </ActionIcon>
      )}
    </Group>
  );
}

interface TimeFieldProps {
  label: string;
  value: string;
  onChange: (time: string) => void;
  isWrong: boolean;
  isReadOnly: boolean;
}

/** Taken over when it is finished; what is no time goes back to what it was. */
function TimeField({ label, value, onChange, isWrong, isReadOnly }: TimeFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const finish = () => {
    const time = typed === null ? null : readTime(typed);
    setTyped(null);
    if (time !== null && time !== value) onChange(time);
  };
  return (
    <TextInput
      size="xs"
      w={54}
      styles={{ input: { paddingInline: 6, textAlign: 'center', fontVariantNumeric: 'tabular-nums' } }}
      aria-label={label}
      value={typed ?? value}
      error={isWrong}
      readOnly={isReadOnly}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        finish();
      }}
    />
  );
}
