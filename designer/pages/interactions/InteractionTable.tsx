import { Stack, Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { InteractionSummary } from '../../../schemas/api/interactions.ts';
import { useNames } from '../../api/useNames.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { reasonWords } from '../../shell/reason-words.ts';
import { StateBadge } from '../../shell/StateBadge.tsx';
import table from '../../shell/table.module.css';

export function InteractionTable({ interactions }: { interactions: readonly InteractionSummary[] }) {
  return (
    <Table.ScrollContainer minWidth={700} type="native">
      <Table aria-label="Interactions" className={table.table} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Mail</Table.Th>
            <Table.Th w={132}>State</Table.Th>
            <Table.Th w={240}>Where it went</Table.Th>
            <Table.Th w={140} visibleFrom="lg">
              Flow
            </Table.Th>
            <Table.Th w={120}>Received</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {interactions.map((interaction) => (
            <InteractionRow key={interaction.id} interaction={interaction} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function InteractionRow({ interaction }: { interaction: InteractionSummary }) {
  const { fromName, from } = interaction;
  const names = useNames();
  return (
    <Table.Tr className={table.row}>
      <Table.Td>
        <Stack gap={1}>
          <Link to={`/interactions/${interaction.id}`} className={`${table.link} ${table.line}`} dir="auto">
            {interaction.subject || '(no subject)'}
          </Link>
          <Text size="xs" c="var(--sluice-muted)" className={table.line}>
            <bdi>{fromName || from || '(no sender)'}</bdi>
            {interaction.preview && (
              <>
                {' – '}
                <bdi>{interaction.preview}</bdi>
              </>
            )}
          </Text>
        </Stack>
      </Table.Td>
      <Table.Td>
        <StateBadge state={interaction.state} />
      </Table.Td>
      <Table.Td>
        <Stack gap={1}>
          <Text size="sm" className={table.line}>
            {interaction.queue ? `${names.queue(interaction.queue)} · priority ${interaction.priority}` : '–'}
          </Text>
          {interaction.reason && (
            <Text size="xs" c="var(--sluice-muted)" lineClamp={1} title={interaction.reason}>
              {reasonWords(interaction.reason)}
            </Text>
          )}
        </Stack>
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Text size="sm" className={table.line}>
          {interaction.flow === null ? '–' : names.flow(interaction.flow)}
        </Text>
        <Text size="xs" c="var(--sluice-muted)" className={table.line}>
          {interaction.version !== null && `v${interaction.version} · `}
          {names.mailbox(interaction.mailbox)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">
          <RelativeTime at={interaction.receivedAt} />
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
