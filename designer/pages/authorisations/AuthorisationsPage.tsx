import { Alert, Anchor, Button, Paper, Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { AuthorisationView } from '../../../schemas/api/authorisations.ts';
import { useAuthorisations } from '../../api/authorisations.ts';
import { useMay } from '../../api/session.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { ListSearch } from '../../shell/ListSearch.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import table from '../../shell/table.module.css';
import { AuthorisationState, Expiries } from './AuthorisationState.tsx';

/** Leaves to sign in at providers, which mailboxes use in place of passwords. */
export function AuthorisationsPage() {
  const authorisations = useAuthorisations();
  const maySet = useMay('settings');
  const [search] = useSearchParams();
  const [wanted, setWanted] = useState('');
  const add = maySet && (
    <Button component={Link} to="/authorisations/new" leftSection={<IconPlus size={16} />}>
      New authorisation
    </Button>
  );
  return (
    <Page
      title="Authorisations"
      description="How Sluice signs in at Google, Microsoft 365 and other providers without the password of a mailbox. One serves any number of mailboxes."
      actions={add}
    >
      {search.get('sign-in') === 'unknown' && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle size={18} />}
          title="This sign-in is not known here"
          role="alert"
        >
          It was begun too long ago, was finished already, or belongs to another server. Open the authorisation and
          begin it anew.
        </Alert>
      )}
      <Resource query={authorisations} name="The authorisations">
        {({ items }) =>
          items.length === 0 ? (
            <Paper radius="md">
              <EmptyNote icon={IconKey} title="No authorisation yet" action={add}>
                Google and Microsoft no longer take passwords from programs. Make an authorisation with the guide for
                your provider, then choose it in a mailbox in place of the password.
              </EmptyNote>
            </Paper>
          ) : (
            <Stack gap="md">
              <ListSearch
                label="Find an authorisation"
                placeholder="Find by name, account or mailbox"
                value={wanted}
                onChange={setWanted}
              />
              <AuthorisationTable items={matching(items, wanted)} />
            </Stack>
          )
        }
      </Resource>
    </Page>
  );
}

function matching(items: readonly AuthorisationView[], search: string): AuthorisationView[] {
  const wanted = search.trim().toLowerCase();
  return items.filter(({ name, account = '', usedBy }) =>
    [name, account, ...usedBy.map((user) => user.name)].join(' ').toLowerCase().includes(wanted),
  );
}

function AuthorisationTable({ items }: { items: readonly AuthorisationView[] }) {
  if (items.length === 0) return <Text size="sm">Nothing of that name.</Text>;
  return (
    <Paper radius="md">
      <Table.ScrollContainer minWidth={620} type="native">
        <Table aria-label="Authorisations" className={table.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Authorisation</Table.Th>
              <Table.Th w={160}>State</Table.Th>
              <Table.Th w={250}>Ends</Table.Th>
              <Table.Th>Used by</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((each) => (
              <Table.Tr key={each.id} className={table.row}>
                <Table.Td>
                  <Anchor component={Link} to={`/authorisations/${each.id}`} className={table.link} size="md">
                    <bdi>{each.name}</bdi>
                  </Anchor>
                  <Text size="xs" c="var(--sluice-muted)" lineClamp={2}>
                    {each.lastError?.message ?? each.account ?? each.id}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <AuthorisationState state={each.state} />
                </Table.Td>
                <Table.Td>
                  <Expiries expiries={each.expiries} />
                </Table.Td>
                <Table.Td>
                  <Text size="sm" lineClamp={2}>
                    {each.usedBy.map(({ name }) => name).join(', ') || 'nothing yet'}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}
