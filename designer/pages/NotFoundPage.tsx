import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Page } from '../shell/Page.tsx';

export function NotFoundPage() {
  return (
    <Page title="No such page">
      <Text>
        Nothing lives at this address.{' '}
        <Anchor component={Link} to="/">
          Go to Start
        </Anchor>
      </Text>
    </Page>
  );
}
