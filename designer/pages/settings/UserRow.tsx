import { Badge, Group, Select, Table, Text, Tooltip } from '@mantine/core';
import type { UserEntry } from '../../../schemas/api/session.ts';
import { useUser } from '../../api/session.ts';
import { useChangeUser } from '../../api/settings.ts';
import { notifyError } from '../../shell/notify.ts';
import { roleChoices } from './roles.ts';
import { UserActions } from './UserActions.tsx';

export function UserRow({ user }: { user: UserEntry }) {
  const me = useUser();
  const change = useChangeUser();
  const isMe = user.id === me.id;
  const decider = user.providers.find(({ decidesRole }) => decidesRole);

  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={8}>
          <Text size="sm" fw={500}>
            <bdi>{user.name}</bdi>
          </Text>
          {isMe && <Badge color="gray">you</Badge>}
          {user.disabled && <Badge color="red">disabled</Badge>}
        </Group>
        <Text size="xs" c="var(--sluice-muted)">
          {user.email}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{waysOf(user)}</Text>
      </Table.Td>
      <Table.Td>
        <Tooltip label={`${decider?.name} sets it at each sign-in`} disabled={decider === undefined}>
          <Select
            aria-label={`Role of ${user.name}`}
            size="xs"
            allowDeselect={false}
            disabled={isMe || change.isPending || decider !== undefined}
            data={roleChoices.map(({ value, label }) => ({ value, label }))}
            value={user.role}
            onChange={(value) => {
              const role = roleChoices.find((each) => each.value === value)?.value;
              if (role) change.mutate({ id: user.id, change: { role } }, { onError: (error) => notifyError(error) });
            }}
          />
        </Tooltip>
      </Table.Td>
      <Table.Td>
        <UserActions user={user} isMe={isMe} />
      </Table.Td>
    </Table.Tr>
  );
}

function waysOf({ providers, hasPassword }: UserEntry): string {
  const ways = [...providers.map(({ name }) => name), ...(hasPassword ? ['password'] : [])];
  return ways.join(', ') || 'nothing yet';
}
