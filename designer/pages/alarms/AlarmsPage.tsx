import { Anchor, Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconBellCheck, IconCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Alarm, AlarmKind } from '../../../schemas/api/alarms.ts';
import { useAcknowledge, useAlarms } from '../../api/alarms.ts';
import { useMailboxes } from '../../api/mailboxes.ts';
import { useMay } from '../../api/session.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { notifyError } from '../../shell/notify.ts';
import { Page } from '../../shell/Page.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { AlarmSettings } from './AlarmSettings.tsx';

const titles: Record<AlarmKind, string> = {
  failing: 'Cannot be read',
  lagging: 'Falls behind',
  silent: 'Connected but silent',
  'not-reconciled': 'Differs from its server',
  authorisation: 'Authorisation lost',
  'circuit-breaker': 'Answers held back',
  domain: 'DNS records gone',
  storage: 'Hardly any room for mail',
};

/** What needs a person: each trouble once, until it is over. */
export function AlarmsPage() {
  const alarms = useAlarms();
  const maySet = useMay('settings');
  return (
    <Page
      title="Alarms"
      width="narrow"
      description="Trouble that does not go away by itself. Each is raised once, and cleared when it is over."
    >
      <Resource query={alarms} name="The alarms">
        {({ open, cleared }) => (
          <Stack gap="md">
            {open.length === 0 ? (
              <Paper radius="md">
                <EmptyNote icon={IconBellCheck} title="No alarm is open">
                  A mailbox that fails, falls behind, goes silent at an unusual time or differs from its server is told
                  here, by the bell, in the metrics and to a webhook.
                </EmptyNote>
              </Paper>
            ) : (
              <Stack component="ul" gap="xs" p={0} m={0} aria-label="Open alarms" style={{ listStyle: 'none' }}>
                {open.map((alarm) => (
                  <AlarmCard key={alarm.id} alarm={alarm} />
                ))}
              </Stack>
            )}
            {cleared.length > 0 && (
              <Paper p="md" radius="md">
                <Stack gap="xs">
                  <Title order={2}>Over</Title>
                  {cleared.slice(0, 10).map((alarm) => (
                    <Text key={alarm.id} size="sm" c="var(--sluice-muted)">
                      {titles[alarm.kind]}: {alarm.message} Cleared{' '}
                      {alarm.clearedAt && <RelativeTime at={alarm.clearedAt} />}.
                    </Text>
                  ))}
                </Stack>
              </Paper>
            )}
          </Stack>
        )}
      </Resource>
      {maySet && <AlarmSettings />}
    </Page>
  );
}

function AlarmCard({ alarm }: { alarm: Alarm }) {
  const acknowledge = useAcknowledge();
  const mayHandle = useMay('handle');
  const name = useMailboxes().data?.items.find(({ id }) => id === alarm.mailbox)?.name;
  return (
    <Paper component="li" p="md" radius="md">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Stack gap={4} miw={0}>
          <Group gap={8}>
            <Badge color={alarm.acknowledgedAt === null ? 'red' : 'gray'}>{titles[alarm.kind]}</Badge>
            {name && (
              <Anchor component={Link} to={`/mailboxes/${alarm.mailbox}`} size="sm">
                {name}
              </Anchor>
            )}
            <Text size="sm" c="var(--sluice-muted)">
              since <RelativeTime at={alarm.raisedAt} />
            </Text>
          </Group>
          <Text size="sm">{alarm.message}</Text>
          {alarm.acknowledgedBy && (
            <Text size="sm" c="var(--sluice-muted)">
              {alarm.acknowledgedBy} looks after it
            </Text>
          )}
        </Stack>
        {mayHandle && alarm.acknowledgedAt === null && (
          <Button
            variant="default"
            flex="none"
            leftSection={<IconCheck size={16} />}
            loading={acknowledge.isPending}
            onClick={() => acknowledge.mutate(alarm.id, { onError: (error) => notifyError(error) })}
          >
            I look after it
          </Button>
        )}
      </Group>
    </Paper>
  );
}
