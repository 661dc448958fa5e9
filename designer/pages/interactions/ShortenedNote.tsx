import { Alert, Button, Group, Text } from '@mantine/core';
import { IconCloudDownload, IconScissors } from '@tabler/icons-react';
import type { Interaction } from '../../../schemas/api/interactions.ts';
import { useFetchRest } from '../../api/interactions.ts';
import { useMay } from '../../api/session.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { formatSize } from '../../shell/format.ts';
import { notifyDone } from '../../shell/notify.ts';

/** What of a large mail is here, and the way to the rest of it. */
export function ShortenedNote({ interaction: { id, wholeSize, sourceRemoved } }: { interaction: Interaction }) {
  const fetchRest = useFetchRest();
  const mayWork = useMay('handle');
  if (wholeSize === null || sourceRemoved !== null) return null;
  const start = () => fetchRest.mutate({ id, body: {} }, { onSuccess: () => notifyDone('The whole mail is here now') });
  return (
    <Alert color="yellow" variant="light" icon={<IconScissors size={18} />} p="sm" role="note">
      <Group justify="space-between" gap="xs" align="flex-start">
        <div style={{ flex: '1 1 260px' }}>
          <Text size="sm" fw={500}>
            Shortened, {formatSize(wholeSize)}
          </Text>
          <Text size="sm">
            It is larger than its mailbox takes. Headers and first text are here; the flow ran on them. The rest is on
            the mail server.
          </Text>
        </div>
        {mayWork && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconCloudDownload size={16} />}
            loading={fetchRest.isPending}
            onClick={start}
          >
            Fetch the rest
          </Button>
        )}
      </Group>
      {fetchRest.error && <ErrorNote error={fetchRest.error} title="Not fetched" onRetry={start} />}
    </Alert>
  );
}
