import { Box, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  /** What the browser's tab says, where the title is too long or too general. */
  tabTitle?: string;
  description?: ReactNode;
  /** Above the title: the way back. */
  back?: ReactNode;
  /** Right of the title. */
  actions?: ReactNode;
  /** Narrow pages read better: forms and prose. */
  width?: 'full' | 'narrow';
  children: ReactNode;
}

/** A page with its heading. The editor draws edge to edge and does without. */
export function Page({ title, tabTitle, description, back, actions, width = 'full', children }: PageProps) {
  return (
    <Box px={{ base: 'md', md: 'xl' }} py="lg" maw={width === 'narrow' ? 860 : 1600}>
      <title>{`${tabTitle ?? title} · Sluice`}</title>
      <Stack gap="md">
        <Stack gap={4}>
          {back}
          <Group justify="space-between" align="flex-start" gap="sm">
            <Title order={1} style={{ flex: '1 1 300px' }}>
              {title}
            </Title>
            {actions && <Group gap="xs">{actions}</Group>}
          </Group>
          {description && (
            <Text c="var(--sluice-muted)" size="md" maw={760}>
              {description}
            </Text>
          )}
        </Stack>
        {children}
      </Stack>
    </Box>
  );
}
