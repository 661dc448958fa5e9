import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBiohazard, IconTool, IconTrash } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import type { Interaction } from '../../../schemas/api/interactions.ts';
import { useDiscard } from '../../api/quarantine.ts';
import { useMay } from '../../api/session.ts';
import { confirm } from '../../shell/confirm.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { quarantineWords } from './quarantine-advice.ts';
import { RepairDialog } from './RepairDialog.tsx';

/** Why a mail is in quarantine, what to do about it, and the two ways out that only quarantine has. */
export function QuarantineNote({ interaction: { id, state, reason } }: { interaction: Interaction }) {
  const mayHandle = useMay('handle');
  const discard = useDiscard();
  const navigate = useNavigate();
  const [isRepairing, repairing] = useDisclosure(false);
  if (state !== 'quarantined') return null;
  const { why, advice } = quarantineWords(reason);

  const ask = () =>
    confirm({
      title: 'Delete this mail?',
      text: 'The mail and its source are deleted for good. The ledger keeps a line that says that it came, why it was here and who deleted it.',
      yes: 'Delete',
      onYes: () =>
        discard.mutate(
          { id },
          {
            onSuccess: () => {
              notifyDone('Deleted; the ledger keeps its trace');
              void navigate('/quarantine');
            },
            onError: (error) => notifyError(error),
          },
        ),
    });

  return (
    <Alert color="red" variant="light" icon={<IconBiohazard size={18} />} p="sm" role="note" title="In quarantine">
      <Stack gap={6}>
        <Text size="sm" fw={500}>
          {why}
        </Text>
        <Text size="sm">{advice}</Text>
        {mayHandle && (
          <Group gap="xs" mt={2}>
            <Button variant="default" size="xs" leftSection={<IconTool size={15} />} onClick={repairing.open}>
              Repair
            </Button>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconTrash size={15} />}
              loading={discard.isPending}
              onClick={ask}
            >
              Delete
            </Button>
          </Group>
        )}
      </Stack>
      <RepairDialog id={id} opened={isRepairing} onClose={repairing.close} />
    </Alert>
  );
}
