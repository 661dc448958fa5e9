import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconAlertTriangle, IconDownload, IconTrash } from '@tabler/icons-react';
import { useDiscardDraft } from '../../api/flows.ts';
import { downloadJson } from '../../files/flow-file.ts';
import { notifyError } from '../../shell/notify.ts';
import { Page } from '../../shell/Page.tsx';

/** A draft that cannot be drawn: it can be taken away as a file, and given up. */
export function BrokenDraft({ id, document, reason }: { id: string; document: unknown; reason: string }) {
  const discard = useDiscardDraft(id);
  return (
    <Page title={id} width="narrow">
      <Alert color="red" icon={<IconAlertTriangle size={18} />} title="This draft cannot be drawn">
        <Stack gap="sm" align="flex-start">
          {reason} It was probably saved by a script. Download it to mend it, or go back to what is published.
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconDownload size={14} />}
              onClick={() => downloadJson(`${id}.flow.json`, document)}
            >
              Download the draft
            </Button>
            <Button
              color="red"
              leftSection={<IconTrash size={14} />}
              loading={discard.isPending}
              onClick={() => discard.mutate(undefined, { onError: (error) => notifyError(error) })}
            >
              Discard the draft
            </Button>
          </Group>
        </Stack>
      </Alert>
    </Page>
  );
}
