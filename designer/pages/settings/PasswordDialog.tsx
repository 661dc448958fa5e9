import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { UserEntry } from '../../../schemas/api/session.ts';
import { useChangeUser } from '../../api/settings.ts';
import { Dialog } from '../../shell/Dialog.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';

interface PasswordDialogProps {
  user: UserEntry;
  isMe: boolean;
  onClose: () => void;
}

export function PasswordDialog({ user, isMe, onClose }: PasswordDialogProps) {
  const change = useChangeUser();
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = () => {
      notifyDone(`${user.name} has the new password`);
      onClose();
    };
    change.mutate({ id: user.id, change: { password } }, { onSuccess: done });
  };
  return (
    <Dialog title={`Password of ${user.name}`} onClose={onClose}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">
            {isMe ? 'You are signed out and sign in with it.' : 'They are signed out and sign in with it.'}
          </Text>
          <PasswordInput
            label="New password"
            description="At least 10 characters; tell it to them by a safe way"
            autoComplete="new-password"
            minLength={10}
            required
            data-autofocus
            value={password}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          />
          {change.error && <ErrorNote error={change.error} title="Not set" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={change.isPending}>
              Set the password
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
