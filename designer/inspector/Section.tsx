import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack gap={8} component="section" aria-label={title} pt="sm" style={{ borderTop: '1px solid var(--sluice-line)' }}>
      <Title order={3}>{title}</Title>
      {children}
    </Stack>
  );
}
