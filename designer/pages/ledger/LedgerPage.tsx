import { Anchor, Group, Paper, Select, SimpleGrid, Table, Text, UnstyledButton } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import type { LedgerItem } from '../../../schemas/api/ledger.ts';
import type { LedgerState } from '../../../schemas/interaction.ts';
import { useLedger } from '../../api/ledger.ts';
import { useMailboxes } from '../../api/mailboxes.ts';
import { useNames } from '../../api/useNames.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { formatCount, formatDay, formatSize } from '../../shell/format.ts';
import { LoadMore } from '../../shell/LoadMore.tsx';
import { LookingOn } from '../../shell/LookingOn.tsx';
import { Page } from '../../shell/Page.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { reasonWords } from '../../shell/reason-words.ts';
import { StateBadge } from '../../shell/StateBadge.tsx';
import table from '../../shell/table.module.css';
import classes from './LedgerPage.module.css';
import { LetThrough } from './LetThrough.tsx';

const states: readonly LedgerState[] = ['received', 'queued', 'disconnected', 'merged', 'quarantined', 'skipped'];

/** The account of every server message: none is missing, none is there twice. */
export function LedgerPage() {
  const [parameters, setParameters] = useSearchParams();
  const state = states.find((each) => each === parameters.get('state'));
  const mailbox = parameters.get('mailbox') ?? undefined;
  const ledger = useLedger({ ...(state && { state }), ...(mailbox && { mailbox }) });
  const mailboxes = useMailboxes().data?.items ?? [];
  const show = (filter: { state?: string | undefined; mailbox?: string | undefined }) => {
    const entries = Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1]));
    setParameters(entries, { replace: true });
  };

  return (
    <Page
      title="Ledger"
      description="Every message that a mailbox ever handed over, and what became of it. Each is in exactly one state."
    >
      <Resource query={ledger} name="The ledger" rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const counts = pages[0]?.counts ?? {};
          return (
            <>
              <SimpleGrid cols={{ base: 2, xs: 3, md: 6 }} spacing="xs">
                {states.map((each) => (
                  <UnstyledButton
                    key={each}
                    className={classes.count}
                    aria-pressed={state === each}
                    onClick={() => show({ state: state === each ? undefined : each, mailbox })}
                  >
                    <Text fz="1.125rem" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
                      {formatCount(counts[each] ?? 0)}
                    </Text>
                    <StateBadge state={each} />
                  </UnstyledButton>
                ))}
              </SimpleGrid>
              <Group>
                <Select
                  aria-label="Mailbox"
                  placeholder="Any mailbox"
                  clearable
                  w={220}
                  data={mailboxes.map(({ id, name }) => ({ value: id, label: name }))}
                  value={mailbox ?? null}
                  onChange={(value) => show({ state, mailbox: value ?? undefined })}
                />
              </Group>
              <Paper radius="md">
                {items.length === 0 && ledger.hasNextPage ? (
                  <LookingOn query={ledger} noun="messages" />
                ) : items.length === 0 ? (
                  <EmptyNote icon={IconListDetails} title={state || mailbox ? 'No message matches' : 'No message yet'}>
                    A line is written here, durably, before a mail server is told that its message was taken.
                  </EmptyNote>
                ) : (
                  <>
                    <LedgerTable items={items} />
                    <LoadMore query={ledger} count={items.length} noun="message" />
                  </>
                )}
              </Paper>
            </>
          );
        }}
      </Resource>
    </Page>
  );
}

/** The mail is gone, and this line stays so that it is not taken a second time. */
function removedWords({ interaction, removed }: LedgerItem): string {
  if (removed === null) return '';
  const what = interaction === null ? 'Removed' : 'Source removed';
  return `${what} on ${formatDay(removed.at)} by the rule of ${removed.days} days`;
}

function LedgerTable({ items }: { items: readonly LedgerItem[] }) {
  const names = useNames();
  return (
    <Table.ScrollContainer minWidth={760} type="native">
      <Table aria-label="Ledger" className={table.table} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Message on the server</Table.Th>
            <Table.Th w={130}>State</Table.Th>
            <Table.Th>Reason</Table.Th>
            <Table.Th className={table.number} w={72}>
              Size
            </Table.Th>
            <Table.Th className={table.number} w={60}>
              Tries
            </Table.Th>
            <Table.Th w={104}>Received</Table.Th>
            <Table.Th w={104} visibleFrom="md">
              Settled
            </Table.Th>
            <Table.Th w={124}>Mail</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={item.id}>
              <Table.Td>
                <Text size="sm" className={table.line}>
                  {names.mailbox(item.mailbox)}
                </Text>
                <Text size="xs" c="var(--sluice-muted)" className={table.line} title={item.serverKey}>
                  {item.folder && `${item.folder} · `}
                  {item.serverKey}
                </Text>
              </Table.Td>
              <Table.Td>
                <StateBadge state={item.state} />
              </Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={4} title={item.reason}>
                  {removedWords(item) || reasonWords(item.reason) || '–'}
                </Text>
              </Table.Td>
              <Table.Td className={table.number}>{formatSize(item.size)}</Table.Td>
              <Table.Td className={table.number}>{item.attempts}</Table.Td>
              <Table.Td>
                <RelativeTime at={item.receivedAt} />
              </Table.Td>
              <Table.Td visibleFrom="md">{item.settledAt ? <RelativeTime at={item.settledAt} /> : '–'}</Table.Td>
              <Table.Td>
                {item.state === 'skipped' && item.interaction && <LetThrough id={item.interaction} />}
                {item.interaction ? (
                  <Anchor component={Link} to={`/interactions/${item.interaction}`} size="sm">
                    open
                  </Anchor>
                ) : (
                  '–'
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
