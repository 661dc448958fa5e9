import { Button, Group, Paper, SegmentedControl, Text } from '@mantine/core';
import { IconPlus, IconRoute2 } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Routes } from '../../../schemas/api/routes.ts';
import { useRoutes, useSetDestinations } from '../../api/routes.ts';
import { useMay } from '../../api/session.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { ListSearch } from '../../shell/ListSearch.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { ExplainPanel } from './ExplainPanel.tsx';
import { RouteTable } from './RouteTable.tsx';

/** Which mail goes where. */
export function RoutesPage() {
  const routes = useRoutes();
  const mayDraw = useMay('draw');
  const button = mayDraw && (
    <Button component={Link} to="/routes/new" leftSection={<IconPlus size={16} />}>
      New route
    </Button>
  );
  return (
    <Page
      title="Routes"
      description="Which mail goes where, by the address that it was sent to. The most specific pattern wins: an address before its plus-addresses, those before * in a name, then a whole domain, then everything. Equals are tried in the order of this list."
      actions={button}
    >
      <Resource query={routes} name="The routes">
        {(data) =>
          data.items.length === 0 ? (
            <Paper radius="md">
              <EmptyNote icon={IconRoute2} title="No route: every mail waits for a person" action={button}>
                Name an address, or *@your-domain for all of them, and the flow or queue that takes its mail.
              </EmptyNote>
            </Paper>
          ) : (
            <Listed routes={data} />
          )
        }
      </Resource>
    </Page>
  );
}

function Listed({ routes }: { routes: Routes }) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = routes.items.filter(({ id, name = '', pattern, flow = '', straight, mailbox = '', from = '' }) =>
    [id, name, pattern, flow, straight?.queue ?? '', mailbox, from].join(' ').toLowerCase().includes(wanted),
  );
  return (
    <>
      <ExplainPanel routes={routes.items} />
      <Group justify="space-between" gap="sm" align="flex-end">
        <ListSearch
          label="Find a route"
          placeholder="Find by address, name, flow, queue or mailbox"
          flex="1 1 260px"
          value={search}
          onChange={setSearch}
        />
        <Destinations value={routes.destinations} />
      </Group>
      <Paper radius="md">
        {found.length === 0 ? (
          <Text p="md" size="sm" c="var(--sluice-muted)">
            No route says “{search.trim()}”.
          </Text>
        ) : (
          <RouteTable routes={found} all={routes.items} isOrdered={wanted === ''} />
        )}
      </Paper>
    </>
  );
}

function Destinations({ value }: { value: Routes['destinations'] }) {
  const set = useSetDestinations();
  const mayChange = useMay('settings');
  return (
    <Group gap={8}>
      <Text size="sm" id="destinations">
        A mail to several of ours
      </Text>
      <SegmentedControl
        aria-labelledby="destinations"
        size="xs"
        disabled={!mayChange || set.isPending}
        data={[
          { value: 'one', label: 'takes one route' },
          { value: 'every', label: 'takes each of theirs' },
        ]}
        value={value}
        onChange={(next) =>
          set.mutate(next === 'every' ? 'every' : 'one', {
            onSuccess: () => notifyDone('Saved'),
            onError: (error) => notifyError(error),
          })
        }
      />
    </Group>
  );
}
