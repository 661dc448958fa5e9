import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';

export function TryButton({ isTrying, isOff = false }: { isTrying: boolean; isOff?: boolean }) {
  return (
    <Button type="submit" fullWidth leftSection={<IconPlayerPlay size={14} />} loading={isTrying} disabled={isOff}>
      Try it
    </Button>
  );
}
