import { Badge, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import type { ScheduleView } from '../../../schemas/api/schedules.ts';
import type { Schedule } from '../../../schemas/schedule.ts';
import { isTimeZone, isWithin, wallTimeOf } from '../../../schemas/schedule-hours.ts';
import { scheduleIssues } from '../../../schemas/schedule-issues.ts';
import { useChangeSchedule, useDeleteSchedule, useSchedules } from '../../api/schedules.ts';
import { useMay } from '../../api/session.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { EntryMenu } from '../../shell/form/EntryMenu.tsx';
import { StoredForm } from '../../shell/form/StoredForm.tsx';
import { useNow } from '../../shell/Now.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { UsedBy } from '../../shell/UsedBy.tsx';
import { DateList } from './DateList.tsx';
import { timeOf } from './new-schedule.ts';
import { WeekGrid } from './WeekGrid.tsx';

/** One schedule: its place, its week, its holidays. */
export function SchedulePage() {
  const { id = '' } = useParams();
  const schedules = useSchedules();
  const schedule = schedules.data?.items.find((each) => each.id === id);
  const mayDraw = useMay('draw');
  return (
    <Page
      title={schedule?.name ?? id}
      back={<BackLink to="/schedules">Schedules</BackLink>}
      description={schedule?.description}
      actions={schedule && mayDraw && <ScheduleMenu schedule={schedule} />}
    >
      <Resource query={schedules} name="The schedule" rows={8}>
        {() =>
          schedule === undefined ? (
            <ErrorNote error={new Error('It was deleted, or never there.')} title={`There is no schedule “${id}”`} />
          ) : (
            <ScheduleForm key={schedule.id} schedule={schedule} isReadOnly={!mayDraw} />
          )
        }
      </Resource>
    </Page>
  );
}

type Edited = Pick<Schedule, 'timeZone' | 'weekly' | 'dates'>;

function ScheduleForm({ schedule, isReadOnly }: { schedule: ScheduleView; isReadOnly: boolean }) {
  const save = useChangeSchedule(schedule.id);
  const { timeZone, weekly, dates } = schedule;
  return (
    <Paper p="md" radius="md" maw={1_000}>
      <Stack gap="lg">
        <Group gap={6}>
          <Text size="sm" c="var(--sluice-muted)">
            Used by
          </Text>
          <UsedBy flows={schedule.usedBy} />
        </Group>
        {isReadOnly ? (
          <ScheduleFields schedule={schedule} value={schedule} onChange={() => {}} isReadOnly />
        ) : (
          <StoredForm<Edited> stored={{ timeZone, weekly, dates }} save={save}>
            {(value, change) => (
              <ScheduleFields schedule={schedule} value={value} onChange={change} isReadOnly={false} />
            )}
          </StoredForm>
        )}
      </Stack>
    </Paper>
  );
}

interface ScheduleFieldsProps {
  schedule: Schedule;
  value: Edited;
  onChange: (part: Partial<Edited>) => void;
  isReadOnly: boolean;
}

function ScheduleFields({ schedule, value, onChange, isReadOnly }: ScheduleFieldsProps) {
  const now = useNow();
  const zones = useMemo(
    () => [...new Set(['UTC', value.timeZone, ...Intl.supportedValuesOf('timeZone')])],
    [value.timeZone],
  );
  const edited = { ...schedule, ...value };
  const issues = scheduleIssues(edited);
  return (
    <Stack gap="lg">
      <Group gap="md" align="flex-end">
        <Select
          label="Time zone"
          w={280}
          data={zones}
          value={value.timeZone}
          searchable
          limit={80}
          allowDeselect={false}
          readOnly={isReadOnly}
          onChange={(timeZone) => timeZone !== null && onChange({ timeZone })}
        />
        {isTimeZone(value.timeZone) && (
          <Group gap={8} pb={6}>
            <Badge color={isWithin(edited, new Date(now)) ? 'green' : 'gray'}>
              {isWithin(edited, new Date(now)) ? 'open now' : 'closed now'}
            </Badge>
            <Text size="xs" c="var(--sluice-muted)">
              It is {timeOf(wallTimeOf(new Date(now), value.timeZone).minutes)} there.
            </Text>
          </Group>
        )}
      </Group>
      <Stack gap={8} component="section" aria-label="Week">
        <Title order={2}>Week</Title>
        {!isReadOnly && (
          <Text size="xs" c="var(--sluice-muted)">
            Paint open hours with the mouse and pull them at their edges, or type them. Hours past midnight are two: up
            to 24:00, and from 00:00 on the next day.
          </Text>
        )}
        <WeekGrid
          weekly={value.weekly}
          timeZone={value.timeZone}
          now={now}
          isReadOnly={isReadOnly}
          onChange={(weekly) => onChange({ weekly })}
        />
      </Stack>
      <Stack gap={8} component="section" aria-label="Holidays">
        <Title order={2}>Holidays and other days</Title>
        <DateList dates={value.dates} now={now} isReadOnly={isReadOnly} onChange={(dates) => onChange({ dates })} />
      </Stack>
      {issues.map((issue) => (
        <Text key={issue.path + issue.code} size="sm" c="red" role="alert">
          {issue.message}
        </Text>
      ))}
    </Stack>
  );
}

function ScheduleMenu({ schedule }: { schedule: ScheduleView }) {
  return (
    <EntryMenu
      noun="schedule"
      entry={schedule}
      change={useChangeSchedule(schedule.id)}
      remove={useDeleteSchedule()}
      loss="Its hours and holidays are lost. Drafts that ask it for the time fail their checks from then on."
      home="/schedules"
    />
  );
}
