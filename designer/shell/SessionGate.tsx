import { Center, Loader } from '@mantine/core';
import { useEffect } from 'react';
import { useSession, useSetupStatus, useSignInWays } from '../api/session.ts';
import { SetupPage } from '../pages/session/SetupPage.tsx';
import { SignInPage } from '../pages/session/SignInPage.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { forgetNotes } from './notify.ts';
import { Shell } from './Shell.tsx';

/** Draws pages for people who are signed in; the address stays, so that a link survives signing in. */
export function SessionGate() {
  const session = useSession();
  const isOut = session.data === null;
  const setup = useSetupStatus(isOut);
  // Beside each other: the sign-in page would ask only once it is drawn.
  useSignInWays(isOut);

  // What one person was told must not be read by the next at this browser; nor what the sign-in page said to nobody in particular.
  useEffect(() => {
    if (!isOut) return;
    forgetNotes();
    return forgetNotes;
  }, [isOut]);

  if (session.data) return <Shell />;
  const failed = session.error ?? (session.data === null ? setup.error : null);
  if (failed) {
    return (
      <Center component="main" mih="100dvh" p="lg">
        <title>Sluice</title>
        <ErrorNote error={failed} onRetry={() => (session.error ? session.refetch() : setup.refetch())} />
      </Center>
    );
  }
  if (session.isPending || setup.isPending) {
    return (
      <Center component="main" mih="100dvh">
        <title>Sluice</title>
        <Loader role="progressbar" aria-label="Loading" />
      </Center>
    );
  }
  return setup.data?.needed ? <SetupPage codeRequired={setup.data.codeRequired} /> : <SignInPage />;
}
