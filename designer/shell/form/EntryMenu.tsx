import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDotsVertical, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { confirm } from '../confirm.tsx';
import { notifyError } from '../notify.ts';
import { EntryDialog } from './EntryDialog.tsx';

interface EntryMenuProps {
  /** "list", "schedule". */
  noun: string;
  entry: { id: string; name: string; description?: string };
  change: {
    isPending: boolean;
    error: unknown;
    mutate: (words: { name: string; description: string }, options: { onSuccess: () => void }) => void;
  };
  remove: {
    mutate: (id: string, options: { onSuccess: () => void; onError: (error: unknown) => void }) => void;
  };
  /** What deleting it costs, as sentences. */
  loss: string;
  /** The page of all of them, where deleting leads. */
  home: string;
}

/** What can be done with something that flows refer to by its id: change its words, delete it. */
export function EntryMenu({ noun, entry, change, remove, loss, home }: EntryMenuProps) {
  const navigate = useNavigate();
  const [isEditing, editing] = useDisclosure(false);
  const askToDelete = () =>
    confirm({
      title: `Delete the ${noun} ${entry.name}?`,
      text: loss,
      yes: `Delete the ${noun}`,
      onYes: () =>
        remove.mutate(entry.id, {
          onSuccess: () => void navigate(home),
          onError: (error) => notifyError(error, 'Not deleted'),
        }),
    });
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={8} aria-label="More">
            <IconDotsVertical size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={editing.open}>
            Name and description
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={15} />} color="var(--mantine-color-error)" onClick={askToDelete}>
            Delete the {noun}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <EntryDialog
        noun={noun}
        opened={isEditing}
        onClose={editing.close}
        taken={[]}
        entry={entry}
        save={({ name, description }) => change.mutate({ name, description }, { onSuccess: editing.close })}
        saving={change}
      />
    </>
  );
}
