import { Anchor, Badge, Button, Group, Stack, Switch, Table, Text } from '@mantine/core';
import { IconPlus, IconShieldLock } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { SignInProviderView } from '../../../schemas/api/sign-in.ts';
import { useSetLocalSignIn, useSignInProviders } from '../../api/sign-in-providers.ts';
import { confirm } from '../../shell/confirm.tsx';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { notifyError } from '../../shell/notify.ts';
import { Resource } from '../../shell/Resource.tsx';
import table from '../../shell/table.module.css';
import { Section } from './Section.tsx';

/** By what people come in. */
export function SignInSection() {
  const providers = useSignInProviders();
  const add = (
    <Button component={Link} to="/settings/sign-in/new" variant="default" leftSection={<IconPlus size={16} />}>
      Add a provider
    </Button>
  );
  return (
    <Stack gap="md">
      <Section
        title="Sign-in providers"
        description="People sign in with the account of your company: Microsoft Entra ID, Google Workspace, Keycloak, Okta or any other OpenID Connect provider."
      >
        <Resource query={providers} name="The sign-in providers">
          {({ items }) =>
            items.length === 0 ? (
              <EmptyNote icon={IconShieldLock} title="No provider yet" action={add}>
                With one, people need no password of their own here, roles can come from their groups, and whoever
                leaves the company stays out.
              </EmptyNote>
            ) : (
              <>
                <ProviderTable items={items} />
                <Group>{add}</Group>
              </>
            )
          }
        </Resource>
      </Section>
      <Section title="Passwords" description="Users can have a password of Sluice, beside a provider or in its place.">
        <Resource query={providers} name="The sign-in providers" rows={1}>
          {({ local }) => <LocalSignIn local={local} />}
        </Resource>
      </Section>
    </Stack>
  );
}

function ProviderTable({ items }: { items: readonly SignInProviderView[] }) {
  return (
    <Table.ScrollContainer minWidth={480} type="native">
      <Table aria-label="Sign-in providers" className={table.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Provider</Table.Th>
            <Table.Th w={90}>State</Table.Th>
            <Table.Th w={110}>People</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(({ id, name, issuer, enabled, users }) => (
            <Table.Tr key={id} className={table.row}>
              <Table.Td>
                <Anchor component={Link} to={`/settings/sign-in/${id}`} className={table.link} size="md">
                  <bdi>{name}</bdi>
                </Anchor>
                <Text size="xs" c="var(--sluice-muted)" lineClamp={1}>
                  {issuer}
                </Text>
              </Table.Td>
              <Table.Td>{enabled ? <Badge color="green">on</Badge> : <Badge color="gray">off</Badge>}</Table.Td>
              <Table.Td>
                <Text size="sm">{users === 0 ? 'nobody yet' : users}</Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function LocalSignIn({ local }: { local: boolean }) {
  const set = useSetLocalSignIn();
  const change = (next: boolean) => set.mutate(next, { onError: (error) => notifyError(error, 'Not changed') });
  const ask = (next: boolean) => {
    if (next) change(true);
    else {
      confirm({
        title: 'Turn passwords off?',
        text: 'Everybody needs a provider to come in from then on; who is signed in stays so. If the provider fails, “sluice recover-access” on the server lets an administrator in.',
        yes: 'Turn passwords off',
        onYes: () => change(false),
      });
    }
  };
  return (
    <Switch
      label="People may sign in with a password"
      description="It can be turned off once an administrator has signed in by a provider"
      checked={local}
      disabled={set.isPending}
      onChange={({ currentTarget }) => ask(currentTarget.checked)}
    />
  );
}
