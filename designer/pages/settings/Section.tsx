import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  description: ReactNode;
  children: ReactNode;
}

export function Section({ title, description, children }: SectionProps) {
  return (
    <Paper component="section" p="md" radius="md" aria-label={title}>
      <Stack gap="md">
        <Stack gap={2}>
          <Title order={2}>{title}</Title>
          <Text size="sm" c="var(--sluice-muted)">
            {description}
          </Text>
        </Stack>
        {children}
      </Stack>
    </Paper>
  );
}
