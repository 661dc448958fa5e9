import { Button, Center, Code, Group, Stack, Text, Title } from '@mantine/core';
import { Link, useRouteError } from 'react-router';

/** Shown in place of a page whose code failed: never a blank screen. */
export function PageCrash() {
  const thrown = useRouteError();
  const isStale = thrown instanceof TypeError && /import/i.test(thrown.message);

  return (
    <Center component="main" mih="70dvh" p="lg">
      <title>Something went wrong · Sluice</title>
      <Stack maw={560} gap="sm">
        <Title order={1}>{isStale ? 'This page has moved on' : 'This page failed'}</Title>
        <Text>
          {isStale
            ? 'Sluice was updated while this tab was open. Load the page again to continue.'
            : 'Nothing was lost on the server. Load the page again; if it fails again, report the text below.'}
        </Text>
        {!isStale && <Code block>{thrown instanceof Error ? thrown.message : String(thrown)}</Code>}
        <Group>
          <Button onClick={() => location.reload()}>Load again</Button>
          <Button variant="default" component={Link} to="/">
            Go to Start
          </Button>
        </Group>
      </Stack>
    </Center>
  );
}
