import { Alert, Anchor } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import { useRoutes } from '../../api/routes.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { RouteEditor } from './RouteEditor.tsx';

export function NewRoutePage() {
  const navigate = useNavigate();
  const leave = () => void navigate('/routes');
  return (
    <Page title="New route" width="narrow" back={<BackLink to="/routes">Routes</BackLink>}>
      <RouteEditor onSaved={leave} onCancel={leave} />
    </Page>
  );
}

export function RoutePage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const leave = () => void navigate('/routes');
  const routes = useRoutes();
  const route = routes.data?.items.find((each) => each.id === id);
  return (
    <Page
      title={route?.name || route?.pattern || 'Route'}
      width="narrow"
      back={<BackLink to="/routes">Routes</BackLink>}
    >
      <Resource query={routes} name="The route">
        {() =>
          route === undefined ? (
            <Alert icon={<IconInfoCircle size={18} />}>
              There is no such route.{' '}
              <Anchor component={Link} to="/routes" size="sm">
                All routes
              </Anchor>
            </Alert>
          ) : (
            <RouteEditor key={route.id} route={route} onSaved={leave} onCancel={leave} />
          )
        }
      </Resource>
    </Page>
  );
}
