import { Anchor, Badge, Box, Group, List, Paper, Stack, Table, Text, Tooltip } from '@mantine/core';
import { Link } from 'react-router';
import type { FlowSummary } from '../../../schemas/api/flows.ts';
import { hasErrors } from '../../../schemas/issue.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import table from '../../shell/table.module.css';

export function FlowTable({ flows }: { flows: readonly FlowSummary[] }) {
  return (
    <Paper radius="md">
      <Table.ScrollContainer minWidth={680} type="native">
        <Table aria-label="Flows" className={table.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Flow</Table.Th>
              <Table.Th>Published</Table.Th>
              <Table.Th ta="right">Actions</Table.Th>
              <Table.Th>Your draft</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {flows.map((flow) => (
              <FlowRow key={flow.id} flow={flow} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Paper>
  );
}

function FlowRow({ flow }: { flow: FlowSummary }) {
  // A file that was never fit to publish is only named here: there is nothing yet that the editor could draw.
  const canBeOpened = flow.version !== null || flow.draft !== null;
  return (
    <Table.Tr className={table.row}>
      <Table.Td>
        <Stack gap={2}>
          <Group gap={6}>
            {canBeOpened ? (
              <Anchor component={Link} to={`/flows/${flow.id}`} className={table.link} size="md">
                <bdi>{flow.name}</bdi>
              </Anchor>
            ) : (
              <Text size="md">
                <bdi>{flow.name}</bdi>
              </Text>
            )}
            {flow.type === 'module' && (
              <Badge color="gray" variant="outline">
                module
              </Badge>
            )}
          </Group>
          <Text size="xs" c="var(--sluice-muted)" lineClamp={1}>
            {flow.id}
            {flow.description && ` · ${flow.description}`}
          </Text>
          {flow.issues.length > 0 && <FileIssues flow={flow} />}
        </Stack>
      </Table.Td>
      <Table.Td>
        {flow.version === null ? (
          <Badge color="gray">never</Badge>
        ) : (
          <Stack gap={2} align="flex-start">
            <Badge color="green">version {flow.version}</Badge>
            <Text size="xs" c="var(--sluice-muted)" className={table.line} maw={220}>
              {flow.publishedAt && <RelativeTime at={flow.publishedAt} />}
              {flow.publishedBy && (
                <>
                  {' by '}
                  <bdi>{flow.publishedBy}</bdi>
                </>
              )}
            </Text>
          </Stack>
        )}
      </Table.Td>
      <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {flow.actions}
      </Table.Td>
      <Table.Td>
        {flow.draft ? (
          <Group gap={6}>
            <Badge color="yellow">draft</Badge>
            <Text size="sm">
              <RelativeTime at={flow.draft.updatedAt} />
            </Text>
            {flow.draft.baseVersion !== flow.version && flow.version !== null && (
              <Tooltip label={`Version ${flow.version} was published after this draft was begun`}>
                <Badge color="orange" className={table.above}>
                  older base
                </Badge>
              </Tooltip>
            )}
          </Group>
        ) : (
          <Text size="sm" c="var(--sluice-muted)">
            none
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function FileIssues({ flow }: { flow: FlowSummary }) {
  const isRefused = hasErrors(flow.issues);
  return (
    <Box mt={2}>
      <Text size="xs" fw={550} c={isRefused ? 'red' : 'var(--sluice-warning)'}>
        {!isRefused
          ? 'The file on disk has warnings:'
          : flow.version === null
            ? 'The file on disk has errors and is not published:'
            : 'The file on disk was changed and has errors; the published version still runs:'}
      </Text>
      <List size="xs" withPadding>
        {flow.issues.slice(0, 5).map((issue) => (
          <List.Item key={`${issue.path} ${issue.code}`}>{issue.message}</List.Item>
        ))}
        {flow.issues.length > 5 && <List.Item>and {flow.issues.length - 5} more</List.Item>}
      </List>
    </Box>
  );
}
