import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { BacktestChange } from '../../schemas/api/backtest.ts';
import { formatCount } from '../shell/format.ts';
import classes from './ResultSummary.module.css';
import { type Counts, type Picked, pickedKey, type Results } from './results.ts';

interface ResultSummaryProps {
  counts: Counts;
  results: Results;
  isOver: boolean;
  picked: Picked | null;
  onPick: (picked: Picked) => void;
}

const changes: readonly { change: BacktestChange; words: string }[] = [
  { change: 'priority', words: 'another priority' },
  { change: 'skills', words: 'other skills' },
  { change: 'responses', words: 'other responses' },
];

/** The answer in one look: how many end the same, how many elsewhere, and what else differs. */
export function ResultSummary({ counts, results, isOver, picked, onPick }: ResultSummaryProps) {
  const { compared, elsewhere, changed } = counts;
  const same = compared - elsewhere;
  const isPicked = (one: Picked) => picked !== null && pickedKey(picked) === pickedKey(one);
  return (
    <Stack gap="sm">
      <div role={isOver ? 'status' : undefined}>
        <Title order={2} className={classes.headline}>
          {elsewhere === 0 ? (
            <>All {formatCount(compared)} mails end where they ended.</>
          ) : (
            <>
              {formatCount(same)} of {formatCount(compared)} mails end the same;{' '}
              <span className={classes.elsewhere}>{formatCount(elsewhere)} would end elsewhere.</span>
            </>
          )}
        </Title>
      </div>
      <div className={classes.bar} aria-hidden>
        <span style={{ flexGrow: same }} data-what="same" />
        <span style={{ flexGrow: elsewhere }} data-what="elsewhere" />
      </div>
      <Group gap="xs">
        {elsewhere > 0 && (
          <Pick isPicked={isPicked({ is: 'elsewhere' })} onClick={() => onPick({ is: 'elsewhere' })}>
            {formatCount(elsewhere)} elsewhere
          </Pick>
        )}
        {changes.map(({ change, words }) =>
          changed[change] === 0 ? null : (
            <Pick
              key={change}
              isPicked={isPicked({ is: 'changed', change })}
              onClick={() => onPick({ is: 'changed', change })}
            >
              {formatCount(changed[change])} with {words}
            </Pick>
          ),
        )}
        <Text size="xs" c="var(--sluice-muted)">
          {[
            results.skipped > 0 && `${formatCount(results.skipped)} left out: a service has no answer on record`,
            results.tookMs !== null && `${(results.tookMs / 1_000).toFixed(1)} s`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Text>
      </Group>
    </Stack>
  );
}

function Pick({ isPicked, onClick, children }: { isPicked: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <Button size="compact-xs" variant={isPicked ? 'light' : 'default'} aria-pressed={isPicked} onClick={onClick}>
      {children}
    </Button>
  );
}
