import { Anchor, Badge, Button, Paper, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { DomainView } from '../../../schemas/api/domains.ts';
import { useDomains } from '../../api/domains.ts';
import { useMay } from '../../api/session.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { ListSearch } from '../../shell/ListSearch.tsx';
import { Page } from '../../shell/Page.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import table from '../../shell/table.module.css';
import { DomainState } from './DomainState.tsx';
import { NewDomainDialog } from './NewDomainDialog.tsx';

/** Domains of ours: whose mail the receiver takes, and what we may send from. */
export function DomainsPage() {
  const domains = useDomains();
  const maySet = useMay('settings');
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [isAdding, dialog] = useDisclosure(false);
  const button = maySet && (
    <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
      Add a domain
    </Button>
  );
  return (
    <Page
      title="Domains"
      description="Whose mail the built-in receiver takes, and from which you send. A domain is verified once its DNS vouches for what leaves here."
      actions={button}
    >
      <Resource query={domains} name="The domains">
        {({ items }) =>
          items.length === 0 ? (
            <Paper radius="md">
              <EmptyNote icon={IconWorld} title="No domain yet" action={button}>
                Add the domain of your addresses. You get the DNS records to publish, and see when they are there.
              </EmptyNote>
            </Paper>
          ) : (
            <Stack gap="md">
              <ListSearch label="Find a domain" placeholder="Find by name" value={search} onChange={setSearch} />
              <DomainTable domains={matching(items, search)} />
            </Stack>
          )
        }
      </Resource>
      {isAdding && <NewDomainDialog onClose={dialog.close} onAdded={(id) => void navigate(`/domains/${id}`)} />}
    </Page>
  );
}

/** By the name as people read it, and as the DNS has it. */
function matching(domains: readonly DomainView[], search: string): DomainView[] {
  const wanted = search.trim().toLowerCase();
  return domains.filter(({ unicode, name }) => `${unicode} ${name}`.toLowerCase().includes(wanted));
}

function DomainTable({ domains }: { domains: readonly DomainView[] }) {
  if (domains.length === 0) return <Text size="sm">Nothing of that name.</Text>;
  return (
    <Paper radius="md">
      <Table.ScrollContainer minWidth={620} type="native">
        <Table aria-label="Domains" className={table.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Domain</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>Records</Table.Th>
              <Table.Th>Receiver</Table.Th>
              <Table.Th w={150}>Checked</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {domains.map((domain) => (
              <Table.Tr key={domain.id} className={table.row}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  <Anchor component={Link} to={`/domains/${domain.id}`} className={table.link} size="md">
                    <bdi>{domain.unicode}</bdi>
                  </Anchor>
                  {domain.unicode !== domain.name && (
                    <Text size="xs" c="var(--sluice-muted)">
                      {domain.name}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <DomainState domain={domain} />
                </Table.Td>
                <Table.Td>{recordsOf(domain)}</Table.Td>
                <Table.Td>
                  {domain.receives ? <Badge color="blue">takes its mail</Badge> : <Text size="sm">–</Text>}
                </Table.Td>
                <Table.Td>{domain.checkedAt === null ? 'never' : <RelativeTime at={domain.checkedAt} />}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

function recordsOf({ records, checkedAt }: DomainView): string {
  if (checkedAt === null) return `${records.length} to publish`;
  return `${records.filter(({ state }) => state === 'found').length} of ${records.length} found`;
}
