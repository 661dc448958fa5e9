import { Alert, Anchor, Button } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import type { SignInProviderView } from '../../../schemas/api/sign-in.ts';
import { useDeleteSignInProvider, useSignInProviders } from '../../api/sign-in-providers.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { confirm } from '../../shell/confirm.tsx';
import { notifyError } from '../../shell/notify.ts';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { ProviderEditor } from './ProviderEditor.tsx';

const list = '/settings/sign-in';
const back = <BackLink to={list}>Sign-in</BackLink>;

export function NewSignInProviderPage() {
  const providers = useSignInProviders();
  const navigate = useNavigate();
  return (
    <Page
      title="New sign-in provider"
      width="narrow"
      back={back}
      description="People sign in with the account that they have already. The guide says what to do at the provider and what to copy where."
    >
      <Resource query={providers} name="The sign-in providers">
        {(addresses) => <ProviderEditor {...addresses} onSaved={() => void navigate(list)} />}
      </Resource>
    </Page>
  );
}

export function SignInProviderPage() {
  const { id = '' } = useParams();
  const providers = useSignInProviders();
  const navigate = useNavigate();
  const found = providers.data?.items.find((each) => each.id === id);
  return (
    <Page
      title={found?.name ?? 'Sign-in provider'}
      width="narrow"
      back={back}
      actions={found && <DeleteButton provider={found} />}
    >
      <Resource query={providers} name="The sign-in provider">
        {(addresses) =>
          found ? (
            <ProviderEditor key={found.id} provider={found} {...addresses} onSaved={() => void navigate(list)} />
          ) : (
            <Alert icon={<IconInfoCircle size={18} />}>
              There is no such sign-in provider.{' '}
              <Anchor component={Link} to={list} size="sm">
                All sign-in providers
              </Anchor>
            </Alert>
          )
        }
      </Resource>
    </Page>
  );
}

function DeleteButton({ provider: { id, name, users } }: { provider: SignInProviderView }) {
  const remove = useDeleteSignInProvider();
  const navigate = useNavigate();
  const ask = () =>
    confirm({
      title: `Delete ${name}?`,
      text:
        users === 0
          ? 'Nobody has signed in by it yet.'
          : `${users === 1 ? 'One person has' : `${users} people have`} signed in by it. They need a password or another provider to come in again; who is signed in stays so.`,
      yes: 'Delete the provider',
      onYes: () =>
        remove.mutate(id, {
          onSuccess: () => void navigate(list),
          onError: (error) => notifyError(error, 'Not deleted'),
        }),
    });
  return (
    <Button variant="subtle" color="red" loading={remove.isPending} onClick={ask}>
      Delete
    </Button>
  );
}
