import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { WayTaken } from '../../../schemas/api/interactions.ts';

/** Which route took the mail, as it was then, and why. */
export function WayPanel({ way }: { way: WayTaken }) {
  return (
    <Paper p="md" radius="md">
      <Stack gap={4}>
        <Title order={2}>How it came here</Title>
        <Text size="sm">
          By the route{' '}
          <Anchor component={Link} to={`/routes/${way.route}`} size="sm">
            <bdi>{way.name}</bdi>
          </Anchor>
          {way.address && (
            <>
              {' '}
              for <bdi>{way.address}</bdi>
            </>
          )}
        </Text>
        <Text size="sm" c="var(--sluice-muted)">
          {way.why}
        </Text>
      </Stack>
    </Paper>
  );
}
