import { Alert, Anchor, Badge, Paper, SegmentedControl, Table, Text } from '@mantine/core';
import { IconClockExclamation, IconMailForward, IconRestore, IconShieldCheck } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { OutboxCounts, OutboxItem } from '../../../schemas/api/outbox.ts';
import { type OutboxState, outboxStates as states } from '../../../schemas/interaction.ts';
import { useOutbox, useOutboxCounts } from '../../api/outbox.ts';
import { useSystem } from '../../api/system.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { formatCount, formatMoment } from '../../shell/format.ts';
import { LoadMore } from '../../shell/LoadMore.tsx';
import { Page } from '../../shell/Page.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { StateBadge } from '../../shell/StateBadge.tsx';
import table from '../../shell/table.module.css';
import { OutboxDrawer } from './OutboxDrawer.tsx';

/** What Sluice answers by itself, sent or not. */
export function OutboxPage() {
  const { id } = useParams();
  const navigate = useNavigate();
  const [parameters, setParameters] = useSearchParams();
  const state = states.find((each) => each === parameters.get('state'));
  const outbox = useOutbox(state ? { state } : {});
  const counts = useOutboxCounts().data;
  const { outbound, restoredAt } = useSystem().data ?? {};
  const isCapturing = outbound === 'capture';
  const uncertain = counts?.counts.uncertain ?? 0;
  const search = parameters.size > 0 ? `?${parameters}` : '';

  return (
    <Page
      title="Outbox"
      description="Every answer, of a flow or a person, and what the send guard or the receiving server said to it."
    >
      {isCapturing && (
        <Alert color="water" icon={<IconShieldCheck size={18} />}>
          Captured mails are shown here and never sent. An administrator can add an outbound mailbox under Mailboxes.
        </Alert>
      )}
      {restoredAt && uncertain > 0 && (
        <Alert color="orange" icon={<IconRestore size={18} />}>
          This data was restored from a backup on {formatMoment(restoredAt)}. Answers to mails from before may have been
          sent already, so none of them leaves by itself.{' '}
          <Anchor component={Link} to="/outbox?state=uncertain" size="sm">
            {uncertain === 1
              ? 'Decide about 1 uncertain mail'
              : `Decide about ${formatCount(uncertain)} uncertain mails`}
          </Anchor>
        </Alert>
      )}
      {counts !== undefined && counts.delayed > 0 && (
        <Alert color="red" icon={<IconClockExclamation size={18} />}>
          {formatCount(counts.delayed)} {counts.delayed === 1 ? 'mail waits' : 'mails wait'} for more than 2 days. After
          4 days they are given up.{' '}
          <Anchor component={Link} to="/mailboxes?show=outbound" size="sm">
            See what keeps them
          </Anchor>
        </Alert>
      )}
      <SegmentedControl
        aria-label="State"
        size="xs"
        w="fit-content"
        maw="100%"
        style={{ overflowX: 'auto' }}
        data={[{ value: '', label: 'all' }, ...states.map((value) => ({ value, label: labelOf(value, counts) }))]}
        value={state ?? ''}
        onChange={(value) => setParameters(value ? { state: value } : {}, { replace: true })}
      />
      <Resource query={outbox} name="The outbox" rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <Paper radius="md">
              {items.length === 0 ? (
                <EmptyNote icon={IconMailForward} title={state ? `Nothing is ${state}` : 'Nothing was answered yet'}>
                  A flow's Auto-response puts a mail here. The send guard withholds what could start a mail loop, and
                  says why.
                </EmptyNote>
              ) : (
                <>
                  <OutboxTable items={items} search={search} />
                  <LoadMore query={outbox} count={items.length} noun="mail" />
                </>
              )}
            </Paper>
          );
        }}
      </Resource>
      <OutboxDrawer id={id ?? null} onClose={() => navigate(`/outbox${search}`)} />
    </Page>
  );
}

/** Where somebody may have to do something, the number says how often. */
function labelOf(state: OutboxState, counts: OutboxCounts | undefined): string {
  const mails = counts?.counts[state] ?? 0;
  const matters = state === 'waiting' || state === 'failed' || state === 'bounced' || state === 'uncertain';
  return matters && mails > 0 ? `${state} ${formatCount(mails)}` : state;
}

function OutboxTable({ items, search }: { items: readonly OutboxItem[]; search: string }) {
  return (
    <Table.ScrollContainer minWidth={700} type="native">
      <Table aria-label="Outbox" className={table.table} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Mail</Table.Th>
            <Table.Th w={110}>State</Table.Th>
            <Table.Th w="32%">Reason</Table.Th>
            <Table.Th w={130}>When</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={item.id} className={table.row}>
              <Table.Td>
                <Link to={`/outbox/${item.id}${search}`} className={table.link} dir="auto">
                  <Text span inherit truncate="end" display="block">
                    {item.subject}
                  </Text>
                </Link>
                <Text size="xs" c="var(--sluice-muted)" truncate="end">
                  {item.kind === 'copy' ? 'blind copy to ' : 'to '}
                  <bdi>{item.to}</bdi>
                </Text>
              </Table.Td>
              <Table.Td>
                <StateBadge state={item.state} />
                {item.isDelayed && (
                  <Badge color="red" variant="outline" size="xs" mt={4}>
                    delayed
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={2}>
                  {item.reason || '–'}
                </Text>
              </Table.Td>
              <Table.Td>
                <RelativeTime at={item.sentAt ?? item.createdAt} />
                {item.nextAttemptAt && item.state === 'waiting' && item.attempts > 0 && (
                  <Text size="xs" c="var(--sluice-muted)">
                    again <RelativeTime at={item.nextAttemptAt} soon="in a moment" />
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
