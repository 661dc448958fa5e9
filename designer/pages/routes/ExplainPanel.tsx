import { Badge, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconZoomQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import type { Explanation, RouteView } from '../../../schemas/api/routes.ts';
import { useMailboxes } from '../../api/mailboxes.ts';
import { useExplanation } from '../../api/routes.ts';
import { Resource } from '../../shell/Resource.tsx';
import { RouteTarget } from './RouteTarget.tsx';

/** Long enough for the letters of a word. */
const pauseMs = 200;

/** An address is asked about: the route that takes it, why, and what else would. */
export function ExplainPanel({ routes }: { routes: readonly RouteView[] }) {
  const [address, setAddress] = useState('');
  const [mailbox, setMailbox] = useState<string | null>(null);
  const [asked] = useDebouncedValue(address.trim(), pauseMs);
  const mailboxes = useMailboxes().data?.items ?? [];
  const explanation = useExplanation({ address: asked, ...(mailbox === null ? {} : { mailbox }) });
  return (
    <Paper component="section" p="md" radius="md" aria-label="Which route takes an address">
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput
            label="Which route would take an address?"
            placeholder="support+order-7@example.com"
            leftSection={<IconZoomQuestion size={16} />}
            flex="2 1 260px"
            maw={440}
            value={address}
            onChange={({ currentTarget }) => setAddress(currentTarget.value)}
          />
          {routes.some((route) => route.mailbox !== undefined) && (
            <Select
              label="Coming to"
              placeholder="no certain mailbox"
              clearable
              flex="1 1 180px"
              maw={260}
              data={mailboxes.map(({ id, name }) => ({ value: id, label: name }))}
              value={mailbox}
              onChange={setMailbox}
            />
          )}
        </Group>
        {asked !== '' && (
          <Resource query={explanation} name="The explanation" rows={2}>
            {(data) => <Ranking explanation={data} routes={routes} />}
          </Resource>
        )}
      </Stack>
    </Paper>
  );
}

const shownOthers = 4;

function Ranking({ explanation, routes }: { explanation: Explanation; routes: readonly RouteView[] }) {
  const byId = new Map(routes.map((route) => [route.id, route]));
  const fitting = explanation.items.filter(({ fits }) => fits);
  if (explanation.address === '') return <Text size="sm">This is no address yet.</Text>;
  if (fitting.length === 0) {
    return (
      <Text size="sm">
        No route takes <b>{explanation.address}</b>: its mail would wait for a person. A route for * catches what no
        other takes.
      </Text>
    );
  }
  return (
    <Stack gap={6} component="ol" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Routes that fit">
      {fitting.slice(0, 1 + shownOthers).map(({ route: id, takes, why }) => {
        const route = byId.get(id);
        return (
          <Group key={id} component="li" gap={8} wrap="nowrap" align="flex-start">
            <Badge color={takes ? 'green' : 'gray'} miw={86} mt={1}>
              {takes ? 'takes it' : 'fits too'}
            </Badge>
            <Stack gap={0} miw={0}>
              <Group gap={6}>
                <Text size="sm" fw={takes ? 600 : 400} style={{ overflowWrap: 'anywhere' }}>
                  <bdi>{route?.name || route?.pattern || id}</bdi>
                </Text>
                {route && <RouteTarget route={route} />}
              </Group>
              <Text size="xs" c="var(--sluice-muted)" style={{ overflowWrap: 'anywhere' }}>
                {why}
              </Text>
            </Stack>
          </Group>
        );
      })}
      {fitting.length > 1 + shownOthers && (
        <Text component="li" size="xs" c="var(--sluice-muted)">
          and {fitting.length - 1 - shownOthers} more that are less specific
        </Text>
      )}
    </Stack>
  );
}
