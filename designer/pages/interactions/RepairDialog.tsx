import { Button, Group, Modal, Select, Stack, Switch, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { repairCharsets } from '../../../schemas/repair.ts';
import { useRepair } from '../../api/quarantine.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';

interface RepairDialogProps {
  id: string;
  opened: boolean;
  onClose: () => void;
}

/** How a mail is to be read in place of what it says itself. */
export function RepairDialog({ id, opened, onClose }: RepairDialogProps) {
  const repair = useRepair();
  const [asText, setAsText] = useState(true);
  const [charset, setCharset] = useState<string | null>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const chosen = repairCharsets.find((each) => each === charset);
    repair.mutate(
      { id, repair: { ...(chosen && { charset: chosen }), ...(asText && { asText }) } },
      {
        onSuccess: () => {
          notifyDone('It is read anew, and its flow runs');
          onClose();
        },
      },
    );
  };

  return (
    <Modal opened={opened} onClose={onClose} title="Repair this mail">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="var(--sluice-muted)">
            The bytes stay as they came; only the way of reading them changes. Then the mail goes its way like any
            other.
          </Text>
          <Switch
            label="Read it as one plain text"
            description="For parts that are broken, cut off or without end: header, then all that follows as text, without attachments"
            checked={asText}
            onChange={(event) => setAsText(event.currentTarget.checked)}
          />
          <Select
            label="Charset"
            description="For letters that come out wrong"
            placeholder="As the mail says"
            clearable
            searchable
            data={[...repairCharsets]}
            value={charset}
            onChange={setCharset}
          />
          {repair.error && <ErrorNote error={repair.error} title="Not repaired" />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={repair.isPending} disabled={!asText && charset === null}>
              Read it so
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
