import { Anchor, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import { useMay } from '../../api/session.ts';
import { MailboxMenu } from './MailboxMenu.tsx';
import { MailboxTruth } from './MailboxTruth.tsx';
import { sourceFormOf } from './sources/index.ts';

const colours = { starting: 'blue', connected: 'green', retrying: 'orange', failed: 'red', stopped: 'gray' } as const;

export function MailboxCard({ mailbox }: { mailbox: MailboxView }) {
  const maySet = useMay('settings');
  const { status } = mailbox;
  const source = sourceFormOf(mailbox);
  return (
    <Paper component="article" p="md" radius="md" aria-label={mailbox.name}>
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Stack gap={2} miw={0}>
            <Group gap={8}>
              <Title order={2}>
                {maySet && source ? (
                  <Anchor component={Link} to={`/mailboxes/${mailbox.id}`} inherit>
                    {mailbox.name}
                  </Anchor>
                ) : (
                  mailbox.name
                )}
              </Title>
              <Badge color={mailbox.enabled ? colours[status.state] : 'gray'}>
                {mailbox.enabled ? status.state : 'switched off'}
              </Badge>
            </Group>
            <Text size="sm" c="var(--sluice-muted)">
              {source
                ? `${mailbox.address} · ${source.label} · ${source.whereOf(mailbox)}`
                : mailbox.description || 'The built-in receiver: programs hand mail over by SMTP'}
            </Text>
            {source && mailbox.description && <Text size="sm">{mailbox.description}</Text>}
          </Stack>
          {maySet && <MailboxMenu mailbox={mailbox} />}
        </Group>
        {source && !mailbox.enabled && (
          <Text size="sm">It takes no mail yet: make a route from it, or switch it on.</Text>
        )}
        <MailboxTruth mailbox={mailbox} />
      </Stack>
    </Paper>
  );
}
