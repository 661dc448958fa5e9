import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorNote } from '../ErrorNote.tsx';
import { isId, toId } from '../slug.ts';

interface EntryWords {
  id: string;
  name: string;
  description: string;
}

interface EntryDialogProps {
  /** "queue", "list", "schedule". */
  noun: string;
  opened: boolean;
  onClose: () => void;
  /** Ids that are in use. */
  taken: readonly string[];
  /** The entry to change; a new one without. */
  entry?: { id: string; name: string; description?: string } | undefined;
  /** What a new one begins with, such as what was searched for in vain. */
  startName?: string;
  /** Further fields. */
  more?: ReactNode;
  save: (words: EntryWords) => void;
  saving: { isPending: boolean; error: unknown };
}

/** Name, id and description of something that flows refer to by its id. The id is made from the name unless one is given. */
export function EntryDialog(props: EntryDialogProps) {
  const { noun, opened, onClose, entry } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={entry ? `Change the ${noun}` : `New ${noun}`}>
      <EntryForm {...props} />
    </Modal>
  );
}

function EntryForm({ noun, onClose, taken, entry, startName = '', more, save, saving }: EntryDialogProps) {
  const [name, setName] = useState(entry?.name ?? startName);
  const [ownId, setOwnId] = useState<string | null>(entry?.id ?? null);
  const [description, setDescription] = useState(entry?.description ?? '');
  const id = ownId ?? toId(name, taken);
  const problem = entry === undefined && id !== '' ? idProblem(noun, id, taken) : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog of the editor stands inside the form of a setting, as React sees it.
    event.stopPropagation();
    if (problem === null) save({ id, name: name.trim(), description: description.trim() });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          required
          data-autofocus
          maxLength={100}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label="Id"
          description={entry ? `Flows name the ${noun} by it, so it stays` : `Flows name the ${noun} by it`}
          required
          disabled={entry !== undefined}
          maxLength={64}
          value={id}
          error={problem}
          onChange={({ currentTarget }) => setOwnId(currentTarget.value)}
        />
        <Textarea
          label="Description"
          maxLength={500}
          autosize
          minRows={2}
          value={description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        />
        {more}
        {saving.error !== null && <ErrorNote error={saving.error} title="Not saved" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={name.trim() === '' || id === ''}>
            {entry ? 'Save' : `Create ${noun}`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function idProblem(noun: string, id: string, taken: readonly string[]): string | null {
  if (!isId(id)) return 'Lower-case letters, digits and hyphens, beginning with a letter or digit';
  return taken.includes(id) ? `There is a ${noun} with this id already` : null;
}
