import { Button, Group, Stack, Table, Text, Tooltip } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import type { MailboxTruth, ReconciliationView } from '../../../schemas/api/mailbox-truth.ts';
import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import { useCompare, useMailboxTruth, useReconciliations } from '../../api/mailbox-truth.ts';
import { useMay } from '../../api/session.ts';
import { formatCount, formatMoment } from '../../shell/format.ts';
import { notifyError } from '../../shell/notify.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { Section } from '../settings/Section.tsx';
import classes from './MailboxWatch.module.css';

/** Whether a mailbox really brings what its server has: what came lately, and the comparisons with the server. */
export function MailboxWatch({ mailbox }: { mailbox: MailboxView }) {
  const truth = useMailboxTruth(mailbox.id);
  return (
    <>
      <Section title="What came" description="Mails taken in the last 24 hours, and how long silence is usual.">
        <Resource query={truth} name="What came" rows={2}>
          {(data) => <Arrivals truth={data} />}
        </Resource>
      </Section>
      {mailbox.type !== 'smtp-receiver' && <Comparisons mailbox={mailbox} />}
    </>
  );
}

function Arrivals({ truth }: { truth: MailboxTruth }) {
  const most = Math.max(1, ...truth.hours.map(({ mails }) => mails));
  return (
    <Stack gap="xs">
      <div
        className={classes.bars}
        role="img"
        aria-label={`${truth.lastHour} mails in the last hour, ${truth.lastDay} in the last day`}
      >
        {truth.hours.map(({ since, mails }) => (
          <Tooltip key={since} label={`${mails} mails in the hour from ${formatMoment(since)}`}>
            <div className={classes.hour}>
              <div
                className={classes.bar}
                style={{ height: `${Math.max(mails === 0 ? 2 : 8, (100 * mails) / most)}%` }}
              />
            </div>
          </Tooltip>
        ))}
      </div>
      <Text size="sm">
        {formatCount(truth.lastHour)} in the last hour · {formatCount(truth.lastDay)} in the last day · newest{' '}
        {truth.lastMailAt ? <RelativeTime at={truth.lastMailAt} /> : 'none yet'}
      </Text>
      <Text size="sm" c="var(--sluice-muted)">
        {truth.alarmAfterSeconds === null
          ? 'After five days of mail it is known how long silence is usual, and longer silence is an alarm.'
          : `At this time silence is an alarm after ${span(truth.alarmAfterSeconds)}.`}
      </Text>
    </Stack>
  );
}

function Comparisons({ mailbox }: { mailbox: MailboxView }) {
  const list = useReconciliations(mailbox.id);
  const compare = useCompare(mailbox.id);
  const mayCompare = useMay('settings');
  const isRunning = list.data?.items[0]?.state === 'running';
  return (
    <Section
      title="Compared with the server"
      description="Every night, and whenever you want: each mail that the server has must stand in the ledger exactly once. What is missing is taken."
    >
      <Group>
        {mayCompare && (
          <Button
            variant="default"
            leftSection={<IconScale size={16} />}
            loading={compare.isPending || isRunning}
            onClick={() => compare.mutate(undefined, { onError: (error) => notifyError(error) })}
          >
            Compare now
          </Button>
        )}
      </Group>
      <Resource query={list} name="The comparisons" rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="var(--sluice-muted)">
              Not compared yet.
            </Text>
          ) : (
            <ComparisonTable items={items.slice(0, 7)} />
          )
        }
      </Resource>
    </Section>
  );
}

function ComparisonTable({ items }: { items: readonly ReconciliationView[] }) {
  return (
    <Table aria-label="Comparisons">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>When</Table.Th>
          <Table.Th>Result</Table.Th>
          <Table.Th ta="right">On the server</Table.Th>
          <Table.Th ta="right">Missing</Table.Th>
          <Table.Th ta="right">Doubled</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Td>
              <RelativeTime at={item.startedAt} />
              <Text size="xs" c="var(--sluice-muted)">
                {item.cause === 'nightly' ? 'nightly' : 'by hand'}
              </Text>
            </Table.Td>
            <Table.Td>
              {resultOf(item)}
              {item.nextTryAt && (
                <Text size="xs" c="var(--sluice-muted)">
                  Tried again <RelativeTime at={item.nextTryAt} soon="in a moment" />
                </Text>
              )}
            </Table.Td>
            <Table.Td ta="right">{formatCount(item.onServer)}</Table.Td>
            <Table.Td ta="right">{formatCount(item.missing)}</Table.Td>
            <Table.Td ta="right">{formatCount(item.doubled)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function resultOf({ state, error, missing, taken, doubled }: ReconciliationView): string {
  if (state === 'running') return 'Comparing …';
  if (state === 'failed') return error;
  if (missing + doubled === 0) return 'All is there, once';
  const parts = [missing > 0 && `${taken} of ${missing} missing taken`, doubled > 0 && `${doubled} stand twice`];
  return parts.filter(Boolean).join(', ');
}

function span(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
