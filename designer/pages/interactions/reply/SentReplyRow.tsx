import { Anchor, Box, Collapse, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { SentReply } from '../../../../schemas/api/replies.ts';
import type { OutboxState } from '../../../../schemas/interaction.ts';
import { RelativeTime } from '../../../shell/RelativeTime.tsx';
import { RemovedNote } from '../../../shell/RemovedNote.tsx';
import { StateBadge } from '../../../shell/StateBadge.tsx';
import { UnfoldButton } from '../../../shell/UnfoldButton.tsx';

/** What matters most of several recipients: what went wrong, then what is open. */
const worstFirst: readonly OutboxState[] = [
  'failed',
  'bounced',
  'uncertain',
  'withheld',
  'sending',
  'waiting',
  'captured',
  'sent',
];

/** An answer that a person of ours wrote, in its conversation. */
export function SentReplyRow({ reply }: { reply: SentReply }) {
  const [isShown, setShown] = useState(false);
  const { whoName, to, cc, at, text, files, mails, isTakenBack, removed } = reply;
  const worst = worstFirst.find((state) => mails.some((mail) => mail.state === state));
  const reasons = mails.filter(({ state, reason }) => reason !== '' && state !== 'sent' && state !== 'captured');
  return (
    <Stack component="li" gap={1} pl="md">
      <Group gap={8} wrap="nowrap">
        {worst !== undefined && (
          <Box flex="none">
            <StateBadge state={worst} />
          </Box>
        )}
        <Text size="sm" truncate="end" miw={0}>
          <bdi>{whoName}</bdi> {isTakenBack ? 'took back an answer to' : 'answered'}{' '}
          <bdi>{[...to, ...cc].join(', ')}</bdi>
        </Text>
      </Group>
      {reasons.map(({ id, to: recipient, reason }) => (
        <Text key={id} size="xs" c="var(--sluice-warning)">
          {mails.length > 1 && <bdi>{recipient}: </bdi>}
          {reason}
        </Text>
      ))}
      <Group gap={8}>
        <Text size="xs" c="var(--sluice-muted)">
          <RelativeTime at={at} />
        </Text>
        <UnfoldButton what="the text" isShown={isShown} onToggle={setShown} />
        {mails.map((mail, index) => (
          <Anchor key={mail.id} component={Link} to={`/outbox/${mail.id}`} size="xs">
            {mails.length === 1 ? 'as it was sent' : `as it was sent (${index + 1})`}
          </Anchor>
        ))}
      </Group>
      <Collapse expanded={isShown}>
        {removed ? (
          <RemovedNote what="The text" removal={removed} />
        ) : (
          <Text size="sm" dir="auto" py={4} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {text}
          </Text>
        )}
        {files.length > 0 && (
          <Text size="xs" c="var(--sluice-muted)">
            With <bdi>{files.map(({ name }) => name).join(', ')}</bdi>
          </Text>
        )}
      </Collapse>
    </Stack>
  );
}
