import { Alert, Button, Group, Kbd, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowBackUpDouble, IconMailOff, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import type { Interaction } from '../../../../schemas/api/interactions.ts';
import { useClaim } from '../../../api/interactions.ts';
import { useReplies, useReplyStart } from '../../../api/replies.ts';
import { useMay, useUser } from '../../../api/session.ts';
import { ErrorNote } from '../../../shell/ErrorNote.tsx';
import { notifyError } from '../../../shell/notify.ts';
import { HeldReply } from './HeldReply.tsx';
import { ReplyBox } from './ReplyBox.tsx';
import type { ReplyMode } from './reply-form.ts';

/** Answers a mail: offers to claim it, opens the box, and lets what has just been sent be taken back. */
export function ReplyPanel({ interaction }: { interaction: Interaction }) {
  const { id, state } = interaction;
  const me = useUser();
  const mayHandle = useMay('handle');
  const isMine = state === 'claimed' && interaction.claimedBy === me.id;
  const isFree = state === 'queued';
  const start = useReplyStart(id, mayHandle && (isMine || isFree));
  const replies = useReplies(id).data?.items ?? [];
  const claim = useClaim();
  const [mode, setMode] = useState<ReplyMode | 'closed' | null>(null);

  const open = (wanted: ReplyMode) => {
    if (start.data?.problem !== '' || (!isMine && !isFree)) return;
    if (isMine) setMode(wanted);
    else
      claim.mutate(
        { id, body: {} },
        { onSuccess: () => setMode(wanted), onError: (error) => notifyError(error, 'Not claimed') },
      );
  };
  useHotkeys([
    ['r', () => open('one')],
    ['a', () => open('all')],
  ]);

  const held = replies.filter((reply) => reply.heldForMs > 0 && reply.who === me.id && reply.interaction === id);
  const draft = start.data?.draft ?? null;
  const hasFiles = (start.data?.files.length ?? 0) > 0;
  const isOpen = isMine && mode !== 'closed' && (mode !== null || draft !== null || hasFiles);
  const newest = replies.findLast(({ who, isTakenBack }) => who !== me.id && !isTakenBack);
  if (!mayHandle || (!isMine && !isFree && held.length === 0)) return null;
  return (
    <Stack gap="md">
      {held.map((reply) => (
        <HeldReply key={`${reply.id} ${reply.heldForMs}`} reply={reply} />
      ))}
      {(isMine || isFree) && start.error && (
        <ErrorNote error={start.error} title="It cannot be answered now" onRetry={start.refetch} />
      )}
      {(isMine || isFree) && start.isPending && <Skeleton h={44} role="status" aria-label="Loading: the answer" />}
      {(isMine || isFree) && start.data && start.data.problem !== '' && (
        <Alert color="gray" p="sm" icon={<IconMailOff size={16} />}>
          {start.data.problem}
        </Alert>
      )}
      {start.data?.problem === '' && isOpen && (
        <ReplyBox
          id={id}
          start={start.data}
          mode={mode ?? 'one'}
          newest={newest}
          onClose={() => setMode('closed')}
          onDone={() => setMode(null)}
        />
      )}
      {start.data?.problem === '' && (isMine || isFree) && !isOpen && (
        <Paper p="sm" radius="md">
          <Group gap="xs">
            {(draft !== null || hasFiles) && isMine ? (
              <Button leftSection={<IconPencil size={16} />} onClick={() => setMode('one')}>
                Go on with the draft
              </Button>
            ) : (
              <>
                <Button
                  variant={isMine ? 'filled' : 'default'}
                  leftSection={<IconArrowBackUp size={16} />}
                  loading={claim.isPending}
                  aria-keyshortcuts="r"
                  onClick={() => open('one')}
                >
                  {isMine ? 'Reply' : 'Claim and reply'}
                </Button>
                {start.data.toAll.cc.length > 0 && (
                  <Button
                    variant="default"
                    leftSection={<IconArrowBackUpDouble size={16} />}
                    disabled={claim.isPending}
                    aria-keyshortcuts="a"
                    onClick={() => open('all')}
                  >
                    Reply to all
                  </Button>
                )}
              </>
            )}
            <Text size="xs" c="var(--sluice-muted)" ml="auto">
              <Kbd size="xs">r</Kbd> reply
            </Text>
          </Group>
        </Paper>
      )}
    </Stack>
  );
}
