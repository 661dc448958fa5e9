import { Box, Center, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Brand } from '../../shell/Brand.tsx';

interface SessionFrameProps {
  title: string;
  description: string;
  children: ReactNode;
}

/** The page before there is a session. */
export function SessionFrame({ title, description, children }: SessionFrameProps) {
  return (
    <Center component="main" mih="100dvh" p="md">
      <title>{`${title} · Sluice`}</title>
      <Stack w="100%" maw={400} gap="md">
        <Box>
          <Brand />
        </Box>
        <Paper p="lg" radius="md">
          <Stack gap="md">
            <Stack gap={4}>
              <Title order={1}>{title}</Title>
              <Text c="var(--sluice-muted)">{description}</Text>
            </Stack>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}
