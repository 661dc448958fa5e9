import { ActionIcon, Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { DatedHours } from '../../../schemas/schedule.ts';
import { HoursFields } from './HoursFields.tsx';

interface DateListProps {
  dates: readonly DatedHours[];
  onChange: (dates: DatedHours[]) => void;
  isReadOnly: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Days that are not like their weekday: holidays, half days, a Saturday before Christmas. */
export function DateList({ dates, onChange, isReadOnly, now }: DateListProps) {
  const add = () => onChange([...dates, { date: new Date(now).toISOString().slice(0, 10), hours: [] }]);
  return (
    <Stack gap={8}>
      {dates.length === 0 && (
        <Text size="sm" c="var(--sluice-muted)">
          None yet. A day that is listed here is closed, or has hours of its own, whatever its weekday says.
        </Text>
      )}
      <Stack gap={8} {...(dates.length > 0 && { role: 'list', 'aria-label': 'Holidays and other days' })}>
        {dates.map((each, index) => {
          const change = (next: DatedHours) => onChange(dates.with(index, next));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the date changes as it is typed, the place is what stays
            <Group key={index} gap="sm" role="listitem" wrap="wrap">
              <TextInput
                size="xs"
                type="date"
                w={136}
                aria-label={`Day ${index + 1}`}
                required
                value={each.date}
                readOnly={isReadOnly}
                onChange={({ currentTarget }) =>
                  currentTarget.value !== '' && change({ ...each, date: currentTarget.value })
                }
              />
              <TextInput
                size="xs"
                w={190}
                aria-label={`Name of day ${index + 1}`}
                placeholder="New Year's Day"
                maxLength={100}
                value={each.name ?? ''}
                readOnly={isReadOnly}
                onChange={({ currentTarget }) => change({ ...each, name: currentTarget.value })}
              />
              <Checkbox
                size="xs"
                label="every year"
                checked={each.everyYear ?? false}
                disabled={isReadOnly}
                onChange={({ currentTarget }) => change({ ...each, everyYear: currentTarget.checked })}
              />
              <HoursFields
                day={each.name || each.date}
                hours={each.hours}
                onChange={(hours) => change({ ...each, hours })}
                isReadOnly={isReadOnly}
              />
              {!isReadOnly && (
                <ActionIcon
                  size="sm"
                  ms="auto"
                  aria-label={`Remove ${each.name || each.date}`}
                  onClick={() => onChange(dates.toSpliced(index, 1))}
                >
                  <IconTrash size={14} />
                </ActionIcon>
              )}
            </Group>
          );
        })}
      </Stack>
      {!isReadOnly && (
        <Button variant="subtle" size="compact-xs" w="fit-content" leftSection={<IconPlus size={13} />} onClick={add}>
          Add a day
        </Button>
      )}
    </Stack>
  );
}
