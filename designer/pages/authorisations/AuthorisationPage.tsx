import { Alert, Anchor, Button } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import type { AuthorisationView } from '../../../schemas/api/authorisations.ts';
import { useAuthorisations, useDeleteAuthorisation } from '../../api/authorisations.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { confirm } from '../../shell/confirm.tsx';
import { notifyError } from '../../shell/notify.ts';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { AuthorisationEditor } from './AuthorisationEditor.tsx';
import { SignInPanel } from './SignInPanel.tsx';

const back = <BackLink to="/authorisations">Authorisations</BackLink>;

export function NewAuthorisationPage() {
  const navigate = useNavigate();
  const authorisations = useAuthorisations();
  return (
    <Page
      title="New authorisation"
      width="narrow"
      back={back}
      description="Choose how Sluice signs in; the guide says what to do at the provider and what to copy where."
    >
      <Resource query={authorisations} name="The authorisations">
        {({ redirectUri }) => (
          <AuthorisationEditor redirectUri={redirectUri} onSaved={({ id }) => void navigate(`/authorisations/${id}`)} />
        )}
      </Resource>
    </Page>
  );
}

export function AuthorisationPage() {
  const { id = '' } = useParams();
  const authorisations = useAuthorisations();
  const found = authorisations.data?.items.find((each) => each.id === id);
  return (
    <Page
      title={found?.name ?? 'Authorisation'}
      width="narrow"
      back={back}
      actions={found && <DeleteButton authorisation={found} />}
    >
      <Resource query={authorisations} name="The authorisation">
        {({ redirectUri }) =>
          found ? (
            <>
              <SignInPanel authorisation={found} />
              <AuthorisationEditor key={found.id} authorisation={found} redirectUri={redirectUri} onSaved={() => {}} />
            </>
          ) : (
            <Alert icon={<IconInfoCircle size={18} />}>
              There is no such authorisation.{' '}
              <Anchor component={Link} to="/authorisations" size="sm">
                All authorisations
              </Anchor>
            </Alert>
          )
        }
      </Resource>
    </Page>
  );
}

function DeleteButton({ authorisation: { id, name, usedBy } }: { authorisation: AuthorisationView }) {
  const remove = useDeleteAuthorisation();
  const navigate = useNavigate();
  const ask = () =>
    confirm({
      title: `Delete ${name}?`,
      text: 'Its secrets and its tokens are deleted here. The application at the provider stays; take its consent back there.',
      yes: 'Delete the authorisation',
      onYes: () =>
        remove.mutate(id, {
          onSuccess: () => void navigate('/authorisations'),
          onError: (error) => notifyError(error, 'Not deleted'),
        }),
    });
  return (
    <Button
      variant="subtle"
      color="red"
      loading={remove.isPending}
      disabled={usedBy.length > 0}
      title={usedBy.length > 0 ? `${usedBy.map((each) => each.name).join(', ')} signs in by it` : undefined}
      onClick={ask}
    >
      Delete
    </Button>
  );
}
