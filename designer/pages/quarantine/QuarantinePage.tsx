import { Badge, Paper, Stack, Table, Tabs, Text } from '@mantine/core';
import { IconMailPause, IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { InteractionSummary } from '../../../schemas/api/interactions.ts';
import { useInteractions } from '../../api/interactions.ts';
import { useNames } from '../../api/useNames.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { LoadMore } from '../../shell/LoadMore.tsx';
import { Page } from '../../shell/Page.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import table from '../../shell/table.module.css';
import { heldWords, quarantineWords } from '../interactions/quarantine-advice.ts';

/** Mails that wait for a person: those that could not be read, and those that are held. None blocks those behind it. */
export function QuarantinePage() {
  const [parameters, setParameters] = useSearchParams();
  const isHeld = parameters.get('show') === 'held';
  const unread = useInteractions({ state: 'quarantined' });
  const held = useInteractions({ state: 'held' });
  return (
    <Page
      title="Quarantine"
      description="Mails that wait for a person. Open one to see why, and to decide what becomes of it."
    >
      <Tabs
        value={isHeld ? 'held' : 'unread'}
        onChange={(tab) => setParameters(tab === 'held' ? { show: 'held' } : {}, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="unread" rightSection={<Count query={unread} />}>
            Cannot be read
          </Tabs.Tab>
          <Tabs.Tab value="held" rightSection={<Count query={held} />}>
            Held
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="unread">
          <Waiting query={unread} name="The quarantine" label="Quarantine" words={quarantineWords}>
            <EmptyNote icon={IconShieldCheck} title="Nothing in quarantine">
              A mail that cannot be read comes here instead of stopping the mails behind it. It is kept byte for byte.
            </EmptyNote>
          </Waiting>
        </Tabs.Panel>
        <Tabs.Panel value="held">
          <Waiting query={held} name="The held mails" label="Held" words={heldWords}>
            <EmptyNote icon={IconMailPause} title="Nothing is held">
              Answers of strangers to a conversation, mails of senders who have yet to confirm, and those that no route
              takes wait here for a person.
            </EmptyNote>
          </Waiting>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

type Mails = ReturnType<typeof useInteractions>;

function Count({ query }: { query: Mails }) {
  const count = query.data?.pages.flatMap((page) => page.items).length ?? 0;
  if (count === 0) return null;
  return <Badge color="gray">{query.hasNextPage ? `${count}+` : count}</Badge>;
}

interface WaitingProps {
  query: Mails;
  name: string;
  label: string;
  words: typeof heldWords;
  /** What is shown where nothing waits. */
  children: ReactNode;
}

function Waiting({ query, name, label, words, children }: WaitingProps) {
  return (
    <Resource query={query} name={name} rows={6}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <Paper radius="md">{children}</Paper>;
        return (
          <Paper radius="md">
            <WaitingTable mails={items} label={label} words={words} />
            <LoadMore query={query} count={items.length} noun="mail" />
          </Paper>
        );
      }}
    </Resource>
  );
}

function WaitingTable({
  mails,
  label,
  words,
}: Pick<WaitingProps, 'label' | 'words'> & { mails: readonly InteractionSummary[] }) {
  const names = useNames();
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table aria-label={label} className={table.table} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Mail</Table.Th>
            <Table.Th>Why it is here</Table.Th>
            <Table.Th w={130}>Mailbox</Table.Th>
            <Table.Th w={110}>Received</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {mails.map(({ id, subject, from, fromName, reason, mailbox, receivedAt }) => (
            <Table.Tr key={id} className={table.row}>
              <Table.Td>
                <Stack gap={1}>
                  <Link to={`/interactions/${id}`} className={`${table.link} ${table.line}`} dir="auto">
                    {subject || '(no subject)'}
                  </Link>
                  <Text size="xs" c="var(--sluice-muted)" className={table.line}>
                    <bdi>{fromName || from || '(no sender)'}</bdi>
                  </Text>
                </Stack>
              </Table.Td>
              <Table.Td>
                <Text size="sm" lineClamp={3}>
                  {words(reason).why}
                </Text>
                <Text size="xs" c="var(--sluice-muted)" lineClamp={4}>
                  {words(reason).advice}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm" className={table.line}>
                  {names.mailbox(mailbox)}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm">
                  <RelativeTime at={receivedAt} />
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
