import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useSetup } from '../../api/session.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { SessionFrame } from './SessionFrame.tsx';

/** Only spares people a refusal: the server holds it (passwordSchema), and the schema library would weigh more than this page. */
const minLength = 10;

/** First run: makes the administrator and signs them in. */
export function SetupPage({ codeRequired }: { codeRequired: boolean }) {
  const setup = useSetup();
  const [form, setForm] = useState({ name: '', email: '', password: '', code: '' });
  const isShort = form.password.length > 0 && form.password.length < minLength;
  const field = (name: keyof typeof form) => ({
    required: true,
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [name]: event.currentTarget.value }),
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { code, ...rest } = form;
    setup.mutate({ ...rest, email: form.email.trim(), ...(codeRequired ? { code: code.trim() } : {}) });
  };

  return (
    <SessionFrame
      title="Welcome to Sluice"
      description="Create the administrator. Everything else is set up already: a sample flow, a mail receiver and an outbox that only captures."
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput label="Your name" autoComplete="name" autoFocus {...field('name')} />
          <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
          <PasswordInput
            label="Password"
            description={`At least ${minLength} characters; a few words make a good one`}
            autoComplete="new-password"
            minLength={minLength}
            error={isShort ? `${minLength - form.password.length} more to go` : undefined}
            {...field('password')}
          />
          {codeRequired && (
            <TextInput
              label="Set-up code"
              description="The server wrote it to its log when it started: this page can be reached from other machines"
              autoComplete="one-time-code"
              {...field('code')}
            />
          )}
          {setup.error && <ErrorNote error={setup.error} title="Not created" />}
          <Button type="submit" size="sm" loading={setup.isPending}>
            Create administrator
          </Button>
        </Stack>
      </form>
    </SessionFrame>
  );
}
