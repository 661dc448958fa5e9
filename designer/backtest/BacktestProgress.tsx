import { Group, Progress, Stack, Text } from '@mantine/core';
import { formatCount } from '../shell/format.ts';
import type { Results } from './results.ts';

/** How far a running backtest is. */
export function BacktestProgress({ results: { done, total, waitingFor } }: { results: Results }) {
  const share = total === null || total === 0 ? 0 : (done / total) * 100;
  const words =
    waitingFor > 0
      ? `Waiting for ${waitingFor === 1 ? 'another backtest' : `${waitingFor} other backtests`}`
      : total === null
        ? 'Looking for the mails'
        : `${formatCount(done)} of ${formatCount(total)} mails`;
  return (
    <Stack gap={4}>
      <Progress value={share} size="sm" aria-label="Mails looked at" animated={total === null} />
      <Group>
        <Text size="xs" c="var(--sluice-muted)">
          {words}
        </Text>
      </Group>
    </Stack>
  );
}
