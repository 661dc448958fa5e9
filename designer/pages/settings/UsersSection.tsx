import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Modal,
  PasswordInput,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { UserView } from '../../../schemas/api/session.ts';
import type { Role } from '../../../schemas/settings.ts';
import { useUser } from '../../api/session.ts';
import { useChangeUser, useCreateUser, useDeleteUser, useUsers } from '../../api/settings.ts';
import { confirm } from '../../shell/confirm.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyError } from '../../shell/notify.ts';
import { Resource } from '../../shell/Resource.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import { roleChoices } from './roles.ts';
import { Section } from './Section.tsx';

export function UsersSection() {
  const users = useUsers();
  const [isCreating, creating] = useDisclosure(false);
  return (
    <Section title="Users" description="Who may sign in, and what they may do.">
      <Resource query={users} name="The users">
        {({ items }) => (
          <Table aria-label="Users">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Person</Table.Th>
                <Table.Th w={220}>Role</Table.Th>
                <Table.Th w={50} aria-label="Delete" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {items.map((user) => (
                <UserRow key={user.id} user={user} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Resource>
      <Group>
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={creating.open}>
          Add a user
        </Button>
      </Group>
      <Modal opened={isCreating} onClose={creating.close} title="Add a user">
        <NewUserForm onClose={creating.close} />
      </Modal>
    </Section>
  );
}

function UserRow({ user }: { user: UserView }) {
  const me = useUser();
  const change = useChangeUser();
  const remove = useDeleteUser();
  const isMe = user.id === me.id;
  const askToDelete = () =>
    confirm({
      title: `Delete ${user.name}?`,
      text: `${user.email} is signed out at once and cannot sign in again. Their drafts are deleted; what they published stays.`,
      yes: 'Delete the user',
      onYes: () => remove.mutate(user.id, { onError: (error) => notifyError(error, 'Not deleted') }),
    });

  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={8}>
          <Text size="sm" fw={500}>
            <bdi>{user.name}</bdi>
          </Text>
          {isMe && <Badge color="gray">you</Badge>}
        </Group>
        <Text size="xs" c="var(--sluice-muted)">
          {user.email}
        </Text>
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`Role of ${user.name}`}
          size="xs"
          allowDeselect={false}
          disabled={isMe || change.isPending}
          data={roleChoices.map(({ value, label }) => ({ value, label }))}
          value={user.role}
          onChange={(value) => {
            const role = roleChoices.find((each) => each.value === value)?.value;
            if (role) change.mutate({ id: user.id, change: { role } }, { onError: (error) => notifyError(error) });
          }}
        />
      </Table.Td>
      <Table.Td>
        {!isMe && (
          <ActionIcon color="red" aria-label={`Delete ${user.name}`} loading={remove.isPending} onClick={askToDelete}>
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function NewUserForm({ onClose }: { onClose: () => void }) {
  const create = useCreateUser();
  const [form, setForm] = useState<{ name: string; email: string; password: string; role: Role }>({
    name: '',
    email: '',
    password: '',
    role: 'agent',
  });
  const text = (name: 'name' | 'email' | 'password') => ({
    required: true,
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ ...form, name: form.name.trim(), email: form.email.trim() }, { onSuccess: onClose });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label="Name" data-autofocus maxLength={200} autoComplete="off" {...text('name')} />
        <TextInput label="Email" type="email" autoComplete="off" {...text('email')} />
        <PasswordInput
          label="First password"
          description="At least 10 characters; tell it to them by a safe way"
          autoComplete="new-password"
          minLength={10}
          {...text('password')}
        />
        <RoleSelect value={form.role} onChange={(role) => setForm({ ...form, role })} />
        {create.error && <ErrorNote error={create.error} title="Not added" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Add
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
