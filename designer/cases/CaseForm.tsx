import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Case } from '../../schemas/case.ts';
import { ErrorNote } from '../shell/ErrorNote.tsx';
import { isId } from '../shell/slug.ts';
import { ExpectationFields } from './ExpectationFields.tsx';

interface CaseFormProps {
  name: string;
  document: Case;
  /** The verb on the button. */
  verb: string;
  isSaving: boolean;
  error: unknown;
  onSave: (name: string, document: Case) => void;
  onCancel: () => void;
}

/** Name, purpose and expectation of a case. */
export function CaseForm({ name: given, document, verb, isSaving, error, onSave, onCancel }: CaseFormProps) {
  const [name, setName] = useState(given);
  const [description, setDescription] = useState(document.description ?? '');
  const [expect, setExpect] = useState(document.expect);
  const answers = document.answers?.length ?? 0;
  const save = () => {
    const { description: _, ...rest } = document;
    onSave(name, { ...(description.trim() === '' ? {} : { description: description.trim() }), ...rest, expect });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label="Name"
          description="Part of a file name in git"
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          error={
            isId(name) ? null : 'Lower-case letters, digits and hyphens, at most 64, beginning with a letter or digit'
          }
          maxLength={64}
          data-autofocus
        />
        <Textarea
          label="What it is about"
          placeholder="For colleagues: why this mail matters"
          autosize
          minRows={1}
          maxRows={4}
          maxLength={2_000}
          value={description}
          onChange={({ currentTarget }) => setDescription(currentTarget.value)}
        />
        <ExpectationFields value={expect} onChange={setExpect} />
        <Text size="xs" c="var(--sluice-muted)">
          {Object.keys(expect).length === 0
            ? 'Nothing is compared: this case can never fail.'
            : 'What is left empty is not compared.'}
          {answers > 0 && ` ${answers} recorded ${answers === 1 ? 'answer' : 'answers'} of services come along.`}
        </Text>
        {error !== null && <ErrorNote error={error} title="It was not kept" />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" disabled={!isId(name)} loading={isSaving}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
