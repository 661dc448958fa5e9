import { Alert, Divider, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { isSignInProblem, signInProblems } from '../../../schemas/sign-in-problems.ts';
import { useSignInWays } from '../../api/session.ts';
import { Resource } from '../../shell/Resource.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { ProviderButtons } from './ProviderButtons.tsx';
import { SessionFrame } from './SessionFrame.tsx';

const problemKey = 'sign-in-problem';

export function SignInPage() {
  const ways = useSignInWays(true);
  const [search, setSearch] = useSearchParams();
  const problem = search.get(problemKey);
  const forgetProblem = () =>
    setSearch(
      (before) => {
        before.delete(problemKey);
        return before;
      },
      { replace: true },
    );

  return (
    <SessionFrame title="Sign in" description="Draw what happens to inbound mail, and watch it happen.">
      {problem !== null && (
        <Alert color="red" icon={<IconAlertTriangle size={18} />} title="Not signed in" role="alert">
          {signInProblems[isSignInProblem(problem) ? problem : 'sign-in-failed']}
        </Alert>
      )}
      <Resource query={ways} name="The ways to sign in" rows={3}>
        {({ local, providers }) => (
          <Stack gap="md">
            {providers.length > 0 && <ProviderButtons providers={providers} />}
            {local && providers.length > 0 && <Divider label="or with a password of Sluice" />}
            {local && <PasswordForm isFirst={providers.length === 0} onSignedIn={forgetProblem} />}
          </Stack>
        )}
      </Resource>
    </SessionFrame>
  );
}
