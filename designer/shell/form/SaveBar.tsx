import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNote } from '../ErrorNote.tsx';
import { useUnsavedGuard } from '../useUnsavedGuard.ts';

interface SaveBarProps {
  save: { isPending: boolean; error: unknown };
  isChanged: boolean;
  onUndo: () => void;
  /** Left of the buttons. */
  children?: ReactNode;
}

/** Save and Undo of a form; both sleep while nothing was changed, and nothing changed is lost by leaving without a question. */
export function SaveBar({ save, isChanged, onUndo, children }: SaveBarProps) {
  useUnsavedGuard(isChanged);
  return (
    <Stack gap="sm">
      {save.error !== null && <ErrorNote error={save.error} title="Not saved" />}
      <Group justify="space-between" gap="xs">
        <Group gap="xs">{children}</Group>
        <Group gap="xs">
          <Button variant="default" disabled={!isChanged || save.isPending} onClick={onUndo}>
            Undo
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!isChanged}>
            Save
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
