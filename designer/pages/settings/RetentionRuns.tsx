import { Badge, Button, Group, Loader, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import type { RetentionCounts, RetentionRun, RetentionView } from '../../../schemas/api/retention.ts';
import { useRunRetention } from '../../api/retention.ts';
import { confirm } from '../../shell/confirm.tsx';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { formatMoment, formatSize } from '../../shell/format.ts';
import { notifyError } from '../../shell/notify.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { countsInWords } from './retention-words.ts';
import { Section } from './Section.tsx';

/** What the rules have removed, and the way to have it done now. */
export function RetentionRuns({ view }: { view: RetentionView }) {
  const run = useRunRetention();
  const { runs, nextAt, store } = view;
  const isRunning = runs[0]?.state === 'running';
  const ask = () =>
    confirm({
      title: 'Remove now?',
      text: 'All that the saved rules name is removed now, rather than tonight. It cannot be brought back, except from a backup.',
      yes: 'Remove now',
      onYes: () => run.mutate(undefined, { onError: (error) => notifyError(error, 'Not begun') }),
    });
  return (
    <Section
      title="What was removed"
      description={`The database has ${formatSize(store.bytes)}, of which ${formatSize(store.freeBytes)} are free for new mail.`}
    >
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          {nextAt === null ? 'No rule is set: nothing is removed.' : `Next at ${formatMoment(nextAt)}.`}
        </Text>
        <Button
          variant="default"
          size="xs"
          disabled={nextAt === null || isRunning}
          loading={run.isPending}
          onClick={ask}
        >
          Remove now
        </Button>
      </Group>
      {runs.length === 0 ? (
        <EmptyNote icon={IconHistory} title="Nothing was removed yet">
          Each night leaves a line here with what went by which rule, and one in the audit log.
        </EmptyNote>
      ) : (
        <Stack gap="xs" component="ol" m={0} p={0} aria-label="Runs of the rules" style={{ listStyle: 'none' }}>
          {runs.map((each) => (
            <Run key={each.id} run={each} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function removedInWords(removed: RetentionCounts, cause: RetentionRun['cause']): string {
  return `${countsInWords(removed)} removed${cause === 'by-hand' ? ', by hand' : ''}`;
}

function Run({ run: { state, cause, startedAt, removed, error } }: { run: RetentionRun }) {
  return (
    <li>
      <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap={8} wrap="nowrap" align="flex-start">
          {state === 'running' && <Loader size={14} role="progressbar" aria-label="Under way" />}
          {state === 'failed' && (
            <Badge color="red" flex="none">
              failed
            </Badge>
          )}
          {state === 'skipped' && (
            <Badge color="yellow" flex="none">
              skipped
            </Badge>
          )}
          <Text size="sm" role={state === 'running' ? 'status' : undefined}>
            {state === 'skipped' ? error : `${removedInWords(removed, cause)}${error && `: ${error}`}`}
          </Text>
        </Group>
        <Text size="sm" c="var(--sluice-muted)" style={{ whiteSpace: 'nowrap' }}>
          <RelativeTime at={startedAt} />
        </Text>
      </Group>
    </li>
  );
}
