import { Anchor, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'react-router';
import type { Conversation } from '../../../schemas/api/conversations.ts';
import type { Interaction } from '../../../schemas/api/interactions.ts';
import type { SentReply } from '../../../schemas/api/replies.ts';
import { useConversation, useSplit } from '../../api/conversations.ts';
import { useReplies } from '../../api/replies.ts';
import { useMay } from '../../api/session.ts';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { StateBadge } from '../../shell/StateBadge.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { SentReplyRow } from './reply/SentReplyRow.tsx';

type Item = Conversation['items'][number];

const because: Readonly<Record<NonNullable<Item['how']>, string>> = {
  token: 'answers a mail of ours, by its signed id',
  references: 'answers this conversation, by its references',
  'by-hand': 'put here by hand',
};

/** The mails that belong together with this one, and the way to put right what was put together wrongly. */
export function ConversationPanel({ interaction }: { interaction: Interaction }) {
  const { id } = interaction;
  const conversation = useConversation(id);
  const split = useSplit();
  const mayHandle = useMay('handle');
  const [isMerging, merging] = useDisclosure(false);
  const items = conversation.data?.items ?? [];
  const replies = useReplies(id).data?.items ?? [];
  if (items.length < 2 && replies.length === 0 && !mayHandle) return null;
  const isPart = items.find((item) => item.id === id)?.how != null;

  return (
    <Paper p="md" radius="md">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2}>Conversation</Title>
          {mayHandle && (
            <Group gap="xs">
              {isPart && (
                <Button
                  variant="default"
                  size="compact-xs"
                  loading={split.isPending}
                  onClick={() =>
                    split.mutate(
                      { id },
                      { onSuccess: () => notifyDone('Split off'), onError: (error) => notifyError(error) },
                    )
                  }
                >
                  Split off
                </Button>
              )}
              <Button variant="default" size="compact-xs" onClick={merging.open}>
                Merge
              </Button>
            </Group>
          )}
        </Group>
        {items.length < 2 && replies.length === 0 ? (
          <Text size="sm" c="var(--sluice-muted)">
            No other mail belongs to this one. An answer to what was sent because of it appears here by itself.
          </Text>
        ) : (
          <Stack
            component="ol"
            gap={6}
            m={0}
            p={0}
            style={{ listStyle: 'none' }}
            aria-label="Mails of the conversation"
          >
            {inOrder(items, replies).map((entry) =>
              'how' in entry ? (
                <ConversationRow key={entry.id} item={entry} isThis={entry.id === id} />
              ) : (
                <SentReplyRow key={entry.id} reply={entry} />
              ),
            )}
          </Stack>
        )}
      </Stack>
      <MergeDialog interaction={interaction} opened={isMerging} onClose={merging.close} />
    </Paper>
  );
}

/** Mails and answers as they came and went. */
function inOrder(items: readonly Item[], replies: readonly SentReply[]): (Item | SentReply)[] {
  const time = (entry: Item | SentReply) => Date.parse('how' in entry ? entry.receivedAt : entry.at);
  return [...items, ...replies].sort((a, b) => time(a) - time(b));
}

function ConversationRow({ item, isThis }: { item: Item; isThis: boolean }) {
  const { id, subject, from, fromName, state, receivedAt, how } = item;
  return (
    <Stack component="li" gap={1} aria-current={isThis || undefined}>
      <Group gap={8} wrap="nowrap">
        <StateBadge state={state} />
        {isThis ? (
          <Text size="sm" fw={600} truncate="end">
            <bdi>{subject || '(no subject)'}</bdi>
          </Text>
        ) : (
          <Anchor component={Link} to={`/interactions/${id}`} size="sm" truncate="end">
            <bdi>{subject || '(no subject)'}</bdi>
          </Anchor>
        )}
      </Group>
      <Text size="xs" c="var(--sluice-muted)">
        <bdi>{fromName || from || '(no sender)'}</bdi>, <RelativeTime at={receivedAt} />
        {how && ` · ${because[how]}`}
      </Text>
    </Stack>
  );
}
