import { Group, Loader, Stack, Table, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { VerifyReportView } from '../../../schemas/api/mailboxes.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { formatCount } from '../../shell/format.ts';

export interface VerifyReportProps {
  verify: { isPending: boolean; error: unknown; data: VerifyReportView | undefined };
  onRetry?: () => void;
}

/** What the server said, step by step: the first step that failed is the one to mend. */
export function VerifyReport({ verify, onRetry }: VerifyReportProps) {
  if (verify.isPending) {
    return (
      <Group gap={8} role="status">
        <Loader size="xs" />
        <Text size="sm">Talking to the server…</Text>
      </Group>
    );
  }
  if (verify.error) {
    return <ErrorNote error={verify.error} title="Not verified" {...(onRetry && { onRetry })} />;
  }
  if (!verify.data) return null;
  const { steps, folders } = verify.data;
  return (
    <Stack gap="sm" role="status">
      <Stack component="ol" gap={6} m={0} p={0} style={{ listStyle: 'none' }}>
        {steps.map((step) => (
          <Group key={step.name} component="li" gap={8} wrap="nowrap" align="flex-start">
            {step.ok ? (
              <IconCircleCheck
                size={18}
                color="var(--mantine-color-green-6)"
                aria-label="fine"
                style={{ flex: 'none' }}
              />
            ) : (
              <IconCircleX size={18} color="var(--mantine-color-red-6)" aria-label="failed" style={{ flex: 'none' }} />
            )}
            <div>
              <Text size="sm" fw={500}>
                {step.name}
              </Text>
              <Text size="sm" c="var(--sluice-muted)">
                {step.message}
              </Text>
            </div>
          </Group>
        ))}
      </Stack>
      {folders && folders.length > 0 && (
        <Table aria-label="Folders on the server" verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Folder</Table.Th>
              <Table.Th ta="right">Messages</Table.Th>
              <Table.Th ta="right">Unread</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {folders.map((folder) => (
              <Table.Tr key={folder.path}>
                <Table.Td>
                  {folder.path}
                  {folder.specialUse && (
                    <Text span size="xs" c="var(--sluice-muted)">
                      {' '}
                      {folder.specialUse}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td ta="right">{formatCount(folder.messages)}</Table.Td>
                <Table.Td ta="right">{formatCount(folder.unseen)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}
