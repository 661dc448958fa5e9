import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Role } from '../../../schemas/role.ts';
import { useCreateUser } from '../../api/settings.ts';
import { useSignInProviders } from '../../api/sign-in-providers.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { RoleSelect } from './RoleSelect.tsx';

export function NewUserForm({ onClose }: { onClose: () => void }) {
  const create = useCreateUser();
  const providers = useSignInProviders().data?.items.filter(({ enabled }) => enabled) ?? [];
  const [form, setForm] = useState<{ name: string; email: string; password: string; role: Role }>({
    name: '',
    email: '',
    password: '',
    role: 'agent',
  });
  const text = (name: 'name' | 'email' | 'password') => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { password, ...entry } = form;
    create.mutate(
      { ...entry, name: form.name.trim(), email: form.email.trim(), ...(password !== '' && { password }) },
      { onSuccess: onClose },
    );
  };
  const hint = 'At least 10 characters; tell it to them by a safe way';

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label="Name" required data-autofocus maxLength={200} autoComplete="off" {...text('name')} />
        <TextInput label="Email" required type="email" autoComplete="off" {...text('email')} />
        <PasswordInput
          label="First password"
          description={
            providers.length === 0
              ? hint
              : `${hint}. Leave it empty for whoever signs in by ${providers.map(({ name }) => name).join(' or ')}`
          }
          autoComplete="new-password"
          minLength={10}
          required={providers.length === 0}
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
