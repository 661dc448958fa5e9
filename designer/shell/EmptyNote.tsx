import { EmptyState } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyNoteProps {
  icon: TablerIcon;
  title: string;
  /** What will be here, and what to do to see it. */
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyNote({ icon: Icon, title, children, action }: EmptyNoteProps) {
  return (
    <EmptyState icon={<Icon size={30} stroke={1.4} />} size="sm" py={40} px="md" withIndicatorBackground>
      <EmptyState.Title>{title}</EmptyState.Title>
      <EmptyState.Description maw={460} c="var(--sluice-muted)">
        {children}
      </EmptyState.Description>
      {action && <EmptyState.Actions>{action}</EmptyState.Actions>}
    </EmptyState>
  );
}
