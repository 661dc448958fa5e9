import { ActionIcon, Alert, Badge, Button, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { TokenView } from '../../../schemas/api/session.ts';
import type { Role } from '../../../schemas/role.ts';
import { useCreateToken, useDeleteToken, useTokens } from '../../api/settings.ts';
import { useNames } from '../../api/useNames.ts';
import { CopyText } from '../../shell/CopyText.tsx';
import { confirm } from '../../shell/confirm.tsx';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyError } from '../../shell/notify.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { RoleSelect } from './RoleSelect.tsx';
import { Section } from './Section.tsx';

export function TokensSection() {
  const tokens = useTokens();
  const [isCreating, creating] = useDisclosure(false);
  return (
    <Section title="Tokens" description="For scripts: sent as a bearer token, a token may do what its role may.">
      <Resource query={tokens} name="The tokens">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyNote icon={IconKey} title="No token yet">
              A script sends one as “Authorization: Bearer …” to the calls described at /api/openapi.json.
            </EmptyNote>
          ) : (
            <Table aria-label="Tokens">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>Role</Table.Th>
                  <Table.Th>Made</Table.Th>
                  <Table.Th w={50} aria-label="Delete" />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((token) => (
                  <TokenRow key={token.id} token={token} />
                ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Resource>
      <Group>
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={creating.open}>
          Make a token
        </Button>
      </Group>
      <Modal opened={isCreating} onClose={creating.close} title="Make a token" closeOnClickOutside={false}>
        <NewTokenForm onClose={creating.close} />
      </Modal>
    </Section>
  );
}

function TokenRow({ token }: { token: TokenView }) {
  const remove = useDeleteToken();
  const names = useNames();
  const askToDelete = () =>
    confirm({
      title: `Delete the token ${token.name}?`,
      text: 'Scripts that use it are refused at once.',
      yes: 'Delete the token',
      onYes: () => remove.mutate(token.id, { onError: (error) => notifyError(error, 'Not deleted') }),
    });
  return (
    <Table.Tr>
      <Table.Td>
        <bdi>{token.name}</bdi>
      </Table.Td>
      <Table.Td>
        <Badge color="gray">{token.role}</Badge>
      </Table.Td>
      <Table.Td>
        <RelativeTime at={token.createdAt} />
        <Text span size="sm" c="var(--sluice-muted)">
          {' '}
          by <bdi>{names.person(token.createdBy)}</bdi>
        </Text>
      </Table.Td>
      <Table.Td>
        <ActionIcon color="red" aria-label={`Delete the token ${token.name}`} onClick={askToDelete}>
          <IconTrash size={16} />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
}

function NewTokenForm({ onClose }: { onClose: () => void }) {
  const create = useCreateToken();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name: name.trim(), role });
  };

  if (create.data) {
    return (
      <Stack gap="sm">
        <Alert color="yellow" title="Copy it now">
          It is shown this once. Sluice keeps only a fingerprint of it.
        </Alert>
        <CopyText block text={create.data.token} name="the token" />
        <Group justify="flex-end">
          <Button onClick={onClose}>I have it</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          description="What it is for"
          required
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <RoleSelect value={role} onChange={setRole} />
        {create.error && <ErrorNote error={create.error} title="Not made" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Make
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
