import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One thing to know about a mailbox, with what it is called. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="var(--sluice-muted)">
        {label}
      </Text>
      <Text size="sm" component="div" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {children}
      </Text>
    </div>
  );
}
