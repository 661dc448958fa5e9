import { Paper, Stack, Table, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { InteractionSummary } from '../../../schemas/api/interactions.ts';
import { useInteractions } from '../../api/interactions.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { LoadMore } from '../../shell/LoadMore.tsx';
import { Page } from '../../shell/Page.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import table from '../../shell/table.module.css';
import { quarantineWords } from '../interactions/quarantine-advice.ts';

/** Mails that could not be read, or failed three times: each waits for a person, and none blocks those behind it. */
export function QuarantinePage() {
  const mails = useInteractions({ state: 'quarantined' });
  return (
    <Page
      title="Quarantine"
      description="Mails that could not be read. Open one to see why, look at its source, repair it, route it by hand or delete it."
    >
      <Resource query={mails} name="The quarantine" rows={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <Paper radius="md">
              {items.length === 0 ? (
                <EmptyNote icon={IconShieldCheck} title="Nothing in quarantine">
                  A mail that cannot be read comes here instead of stopping the mails behind it. It is kept byte for
                  byte.
                </EmptyNote>
              ) : (
                <>
                  <QuarantineTable mails={items} />
                  <LoadMore query={mails} count={items.length} noun="mails" />
                </>
              )}
            </Paper>
          );
        }}
      </Resource>
    </Page>
  );
}

function QuarantineTable({ mails }: { mails: readonly InteractionSummary[] }) {
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table aria-label="Quarantine" className={table.table} layout="fixed">
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
                <Text size="sm" lineClamp={2}>
                  {quarantineWords(reason).why}
                </Text>
                <Text size="xs" c="var(--sluice-muted)" lineClamp={2}>
                  {quarantineWords(reason).advice}
                </Text>
              </Table.Td>
              <Table.Td>
                <Text size="sm" className={table.line}>
                  {mailbox}
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
