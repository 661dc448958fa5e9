import { Button, Group } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface VerifyBarProps {
  label?: string;
  isVerifying: boolean;
  isDisabled: boolean;
  onVerify: () => void;
  onCancel: () => void;
  /** What saves. */
  children: ReactNode;
}

/** Below a form whose connection can be tried: to try, to leave, to save. */
export function VerifyBar({ label = 'Verify', isVerifying, isDisabled, onVerify, onCancel, children }: VerifyBarProps) {
  return (
    <Group justify="space-between">
      <Button
        variant="default"
        leftSection={<IconPlugConnected size={16} />}
        loading={isVerifying}
        disabled={isDisabled}
        onClick={onVerify}
      >
        {label}
      </Button>
      <Group gap="xs">
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        {children}
      </Group>
    </Group>
  );
}
