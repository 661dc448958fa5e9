import { Button, Group, Paper, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowBackUp, IconClock } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SentReply } from '../../../../schemas/api/replies.ts';
import { useTakeBackReply } from '../../../api/replies.ts';
import { notifyDone, notifyError } from '../../../shell/notify.ts';

/** A reply that still waits, and the way to take it back; also after the page was loaded anew. */
export function HeldReply({ reply }: { reply: SentReply }) {
  const client = useQueryClient();
  const takeBack = useTakeBackReply();
  const [seconds, setSeconds] = useState(() => Math.ceil(reply.heldForMs / 1_000));
  const { heldForMs } = reply;

  useEffect(() => {
    const end = performance.now() + heldForMs;
    const timer = setInterval(() => {
      const left = end - performance.now();
      setSeconds(Math.max(0, Math.ceil(left / 1_000)));
      if (left > 0) return;
      clearInterval(timer);
      void client.invalidateQueries({ queryKey: ['outbox'] });
    }, 250);
    return () => clearInterval(timer);
  }, [heldForMs, client]);

  const undo = () =>
    takeBack.mutate(reply, {
      onSuccess: () => notifyDone('Taken back: it is a draft again'),
      onError: (error) => notifyError(error, 'Not taken back'),
    });
  return (
    <Paper p="sm" radius="md" role="status">
      <Group gap="sm" wrap="nowrap">
        <IconClock size={16} aria-hidden style={{ flex: 'none' }} />
        <Text size="sm" flex={1} miw={0} truncate="end">
          Answer to <bdi>{reply.to.join(', ')}</bdi>
        </Text>
        <Text size="sm" c="var(--sluice-muted)" flex="none" aria-hidden>
          leaves in {seconds} s
        </Text>
        <VisuallyHidden>leaves in a moment</VisuallyHidden>
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} />}
          loading={takeBack.isPending}
          onClick={undo}
        >
          Undo
        </Button>
      </Group>
    </Paper>
  );
}
