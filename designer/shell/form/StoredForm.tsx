import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { notifyDone } from '../notify.ts';
import { SaveBar } from './SaveBar.tsx';
import { useForm } from './useForm.ts';

interface StoredFormProps<T extends object> {
  stored: T;
  save: {
    mutate: (value: T, options: { onSuccess: () => void }) => void;
    isPending: boolean;
    error: unknown;
  };
  /** Left of the buttons. */
  actions?: (value: T, change: (part: Partial<T>) => void) => ReactNode;
  children: (value: T, change: (part: Partial<T>) => void) => ReactNode;
}

/** A form over what the server has: Save sends all of it, Undo goes back to what is stored, leaving with changes asks first. */
export function StoredForm<T extends object>({ stored, save, actions, children }: StoredFormProps<T>) {
  const form = useForm(stored);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(form.value, {
          onSuccess: () => {
            form.undo();
            notifyDone('Saved');
          },
        });
      }}
    >
      <Stack gap="md">
        {children(form.value, form.change)}
        <SaveBar save={save} isChanged={form.isChanged} onUndo={form.undo}>
          {actions?.(form.value, form.change)}
        </SaveBar>
      </Stack>
    </form>
  );
}
