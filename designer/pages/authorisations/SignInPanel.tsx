import { Alert, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconExternalLink, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { AuthorisationView } from '../../../schemas/api/authorisations.ts';
import { useFinishSignIn, useSignIn, useTryAuthorisation } from '../../api/authorisations.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { AuthorisationState, Expiries } from './AuthorisationState.tsx';

/** How a stored authorisation stands, and the one click that mends it. */
export function SignInPanel({ authorisation }: { authorisation: AuthorisationView }) {
  const { id, state, account, lastError, signInError, expiries, grant } = authorisation;
  const isInteractive = grant.type === 'authorization-code';
  const failure = signInError ?? lastError;
  return (
    <Paper component="section" p="md" radius="md" aria-label="How it stands">
      <Stack gap="md">
        <Group justify="space-between">
          <Group gap="sm">
            <AuthorisationState state={state} />
            {account && <Text size="sm">{account}</Text>}
            {expiries.length > 0 && <Expiries expiries={expiries} />}
          </Group>
          {isInteractive ? (
            <SignInButton authorisation={authorisation} />
          ) : (
            grant.type !== 'service-account' && <TryButton id={id} />
          )}
        </Group>
        {failure && (
          <Alert
            color="red"
            icon={<IconAlertTriangle size={18} />}
            title={signInError ? 'The sign-in came to nothing' : 'The last try failed'}
          >
            {failure.message}
          </Alert>
        )}
        {grant.type === 'service-account' && (
          <Text size="sm" c="var(--sluice-muted)">
            It is tried when a mailbox signs in: each mailbox needs a token of its own.
          </Text>
        )}
        {isInteractive && <PasteCode id={id} />}
      </Stack>
    </Paper>
  );
}

function SignInButton({ authorisation: { id, state } }: { authorisation: AuthorisationView }) {
  const signIn = useSignIn();
  const go = () => signIn.mutate(id, { onSuccess: ({ url }) => window.location.assign(url) });
  return (
    <>
      <Button
        variant={state === 'authorised' ? 'default' : 'filled'}
        leftSection={<IconExternalLink size={16} />}
        loading={signIn.isPending}
        onClick={go}
      >
        {state === 'authorised' ? 'Authorise again' : 'Authorise'}
      </Button>
      {signIn.error && <ErrorNote error={signIn.error} title="Not begun" />}
    </>
  );
}

function TryButton({ id }: { id: string }) {
  const attempt = useTryAuthorisation();
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={16} />}
      loading={attempt.isPending}
      onClick={() => attempt.mutate(id)}
    >
      Try it now
    </Button>
  );
}

/** For servers that no browser can be sent back to. */
function PasteCode({ id }: { id: string }) {
  const signIn = useSignIn();
  const finish = useFinishSignIn();
  const [pasted, setPasted] = useState('');
  if (signIn.data === undefined) {
    return (
      <Group>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={signIn.isPending}
          onClick={() => signIn.mutate(id)}
        >
          The browser cannot come back here: paste the code by hand
        </Button>
      </Group>
    );
  }
  const { url, state } = signIn.data;
  const done = () =>
    finish.mutate(
      { state, pasted },
      {
        onSuccess: () => {
          notifyDone('Authorised');
          signIn.reset();
          setPasted('');
        },
      },
    );
  return (
    <Stack gap="sm">
      <Text size="sm">
        1. Open the{' '}
        <a href={url} target="_blank" rel="noreferrer">
          page of the provider
        </a>{' '}
        and sign in. 2. The browser ends at an address that it may not reach: copy all of it from the address bar.
      </Text>
      <Group align="flex-end">
        <TextInput
          label="Code, or the whole address"
          style={{ flex: 1 }}
          value={pasted}
          onChange={(event) => setPasted(event.currentTarget.value)}
        />
        <Button loading={finish.isPending} disabled={pasted.trim() === ''} onClick={done}>
          Finish
        </Button>
      </Group>
      {finish.error && <ErrorNote error={finish.error} title="Not authorised" />}
    </Stack>
  );
}
