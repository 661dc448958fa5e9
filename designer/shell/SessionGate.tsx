import { Center, Loader } from '@mantine/core';
import { useSession, useSetupStatus } from '../api/session.ts';
import { SetupPage } from '../pages/session/SetupPage.tsx';
import { SignInPage } from '../pages/session/SignInPage.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { Shell } from './Shell.tsx';

/** Draws pages for people who are signed in; the address stays, so that a link survives signing in. */
export function SessionGate() {
  const session = useSession();
  const setup = useSetupStatus(session.data === null);

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
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  return setup.data?.needed ? <SetupPage codeRequired={setup.data.codeRequired} /> : <SignInPage />;
}
