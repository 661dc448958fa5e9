import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { IconMailUp, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { FromAddressView } from '../../../schemas/api/from-addresses.ts';
import { useFromAddresses } from '../../api/from-addresses.ts';
import { useMay } from '../../api/session.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { ListSearch } from '../../shell/ListSearch.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { FromAddressDialog } from './FromAddressDialog.tsx';
import { FromAddressTable } from './FromAddressTable.tsx';

/** Addresses that routes, flows and agents may write from. */
export function FromAddressesPage() {
  const addresses = useFromAddresses();
  const mayDraw = useMay('draw');
  const [edited, setEdited] = useState<FromAddressView | 'new' | null>(null);
  const [search, setSearch] = useState('');
  const button = mayDraw && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      Add an address
    </Button>
  );
  return (
    <Page
      title="From addresses"
      description="Addresses that routes, flows and agents may write from. Each is of a domain that is verified, so that other servers believe it."
      actions={button}
    >
      <Resource query={addresses} name="The addresses">
        {({ items }) =>
          items.length === 0 ? (
            <Paper radius="md">
              <EmptyNote icon={IconMailUp} title="No address yet" action={button}>
                Without one, an answer comes from the address that the mail was written to. Add one to answer as
                somebody else, such as your service desk.
              </EmptyNote>
            </Paper>
          ) : (
            <Stack gap="md">
              <ListSearch
                label="Find an address"
                placeholder="Find by address, name or group"
                value={search}
                onChange={setSearch}
              />
              <Groups items={matching(items, search)} onEdit={mayDraw ? setEdited : undefined} />
            </Stack>
          )
        }
      </Resource>
      {edited !== null && (
        <FromAddressDialog
          entry={edited === 'new' ? undefined : edited}
          groups={groupsOf(addresses.data?.items ?? [])}
          onClose={() => setEdited(null)}
        />
      )}
    </Page>
  );
}

function Groups({
  items,
  onEdit,
}: {
  items: readonly FromAddressView[];
  onEdit: ((entry: FromAddressView) => void) | undefined;
}) {
  if (items.length === 0) return <Text size="sm">Nothing of that name.</Text>;
  const groups = ['', ...groupsOf(items)].filter((name) => items.some(({ group = '' }) => group === name));
  return groups.map((name) => (
    <Stack key={name} gap={6} component="section" aria-label={name || 'No group'}>
      {(name !== '' || groups.length > 1) && <Title order={2}>{name || 'No group'}</Title>}
      <Paper radius="md">
        <FromAddressTable items={items.filter(({ group = '' }) => group === name)} onEdit={onEdit} />
      </Paper>
    </Stack>
  ));
}

function groupsOf(items: readonly FromAddressView[]): string[] {
  return [...new Set(items.flatMap(({ group }) => group ?? []))].sort((a, b) => a.localeCompare(b));
}

function matching(items: readonly FromAddressView[], search: string): FromAddressView[] {
  const wanted = search.trim().toLowerCase();
  return items.filter(({ address, name, group = '' }) => `${address} ${name} ${group}`.toLowerCase().includes(wanted));
}
