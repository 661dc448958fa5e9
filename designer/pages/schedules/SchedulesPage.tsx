import { Anchor, Badge, Button, Paper, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCalendarClock, IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import type { ScheduleView } from '../../../schemas/api/schedules.ts';
import { useCreateSchedule, useSchedules } from '../../api/schedules.ts';
import { useMay } from '../../api/session.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { EntryDialog } from '../../shell/form/EntryDialog.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import table from '../../shell/table.module.css';
import { UsedBy } from '../../shell/UsedBy.tsx';
import { newSchedule } from './new-schedule.ts';

/** Opening hours under a name, which conditions of every flow can ask. */
export function SchedulesPage() {
  const schedules = useSchedules();
  const create = useCreateSchedule();
  const mayDraw = useMay('draw');
  const navigate = useNavigate();
  const [isCreating, dialog] = useDisclosure(false);
  const button = mayDraw && (
    <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
      New schedule
    </Button>
  );
  return (
    <Page
      title="Schedules"
      description="Opening hours and holidays of a place, in its own time zone. Every flow can ask whether it is within them."
      actions={button}
    >
      <Resource query={schedules} name="The schedules">
        {({ items }) => (
          <Paper radius="md">
            {items.length === 0 ? (
              <EmptyNote icon={IconCalendarClock} title="No schedule yet" action={button}>
                Write down your office hours, then ask in a flow's condition: time of the run is within the schedule.
              </EmptyNote>
            ) : (
              <ScheduleTable schedules={items} />
            )}
          </Paper>
        )}
      </Resource>
      <EntryDialog
        noun="schedule"
        opened={isCreating}
        onClose={dialog.close}
        taken={schedules.data?.items.map(({ id }) => id) ?? []}
        save={(words) =>
          create.mutate(newSchedule(words), { onSuccess: ({ id }) => void navigate(`/schedules/${id}`) })
        }
        saving={create}
      />
    </Page>
  );
}

function ScheduleTable({ schedules }: { schedules: readonly ScheduleView[] }) {
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table aria-label="Schedules" className={table.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Schedule</Table.Th>
            <Table.Th>Now</Table.Th>
            <Table.Th>Time zone</Table.Th>
            <Table.Th w="30%">Used by</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {schedules.map((schedule) => (
            <Table.Tr key={schedule.id} className={table.row}>
              <Table.Td>
                <Anchor component={Link} to={`/schedules/${schedule.id}`} className={table.link} size="md">
                  <bdi>{schedule.name}</bdi>
                </Anchor>
                <Text size="xs" c="var(--sluice-muted)" lineClamp={1}>
                  {schedule.id}
                  {schedule.description && ` · ${schedule.description}`}
                </Text>
              </Table.Td>
              <Table.Td>
                <Badge color={schedule.isOpen ? 'green' : 'gray'}>{schedule.isOpen ? 'open' : 'closed'}</Badge>
              </Table.Td>
              <Table.Td>{schedule.timeZone}</Table.Td>
              <Table.Td>
                <UsedBy flows={schedule.usedBy} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
