import { Button, Stack } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useLocation } from 'react-router';
import type { SignInWays } from '../../../schemas/api/sign-in.ts';
import { isOfTheAccount } from '../../../schemas/sign-in-problems.ts';
import { useBeginSignIn } from '../../api/session.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { providerIcons } from '../sign-in-providers/provider-icons.ts';

/** Each leads to a provider, and back to the page that was asked for. */
export function ProviderButtons({ providers }: Pick<SignInWays, 'providers'>) {
  const begin = useBeginSignIn();
  const { pathname, search, hash } = useLocation();
  const to = pathname + withoutProblem(search) + hash;
  // Who goes back from a provider that cannot be reached finds the page as it was left: on its way.
  useWindowEvent('pageshow', ({ persisted }) => persisted && begin.reset());
  const anotherAccount = isOfTheAccount(new URLSearchParams(search).get('sign-in-problem') ?? '');
  return (
    <Stack gap="xs">
      {providers.map(({ id, name, kind }, index) => {
        const Icon = providerIcons[kind];
        return (
          <Button
            key={id}
            size="sm"
            autoFocus={index === 0}
            variant={index === 0 ? 'filled' : 'default'}
            leftSection={<Icon size={18} />}
            // Until the browser has left: an answer is not an arrival.
            loading={(begin.isPending || begin.isSuccess) && begin.variables.id === id}
            disabled={(begin.isPending || begin.isSuccess) && begin.variables.id !== id}
            onClick={() => begin.mutate({ id, to, anotherAccount })}
          >
            Continue with {name}
          </Button>
        );
      })}
      {begin.error && <ErrorNote error={begin.error} title="Not signed in" />}
    </Stack>
  );
}

function withoutProblem(search: string): string {
  const parameters = new URLSearchParams(search);
  parameters.delete('sign-in-problem');
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
