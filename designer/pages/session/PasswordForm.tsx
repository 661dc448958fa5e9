import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSignIn } from '../../api/session.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';

interface PasswordFormProps {
  /** Nothing else stands above it. */
  isFirst: boolean;
  onSignedIn: () => void;
}

export function PasswordForm({ isFirst, onSignedIn }: PasswordFormProps) {
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email: email.trim(), password }, { onSuccess: onSignedIn });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          required
          autoFocus={isFirst}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.error && <ErrorNote error={signIn.error} title="Not signed in" />}
        <Button type="submit" size="sm" variant={isFirst ? 'filled' : 'default'} loading={signIn.isPending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
