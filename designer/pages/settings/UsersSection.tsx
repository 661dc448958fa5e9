import { Button, Group, Modal, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useUsers } from '../../api/settings.ts';
import { Resource } from '../../shell/Resource.tsx';
import { NewUserForm } from './NewUserForm.tsx';
import { Section } from './Section.tsx';
import { UserRow } from './UserRow.tsx';

export function UsersSection() {
  const users = useUsers();
  const [isCreating, creating] = useDisclosure(false);
  return (
    <Section title="Users" description="Who may sign in, by what, and what they may do.">
      <Resource query={users} name="The users">
        {({ items }) => (
          <Table.ScrollContainer minWidth={540} type="native">
            <Table aria-label="Users">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Person</Table.Th>
                  <Table.Th w={140}>Signs in by</Table.Th>
                  <Table.Th w={180}>Role</Table.Th>
                  <Table.Th w={50} aria-label="More" />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items.map((user) => (
                  <UserRow key={user.id} user={user} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
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
