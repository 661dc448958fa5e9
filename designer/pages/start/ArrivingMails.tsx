import { Anchor, Box, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconMailOpened } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { InteractionSummary } from '../../../schemas/api/interactions.ts';
import { useInteractions } from '../../api/interactions.ts';
import { useNames } from '../../api/useNames.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { reasonWords } from '../../shell/reason-words.ts';
import { StateBadge } from '../../shell/StateBadge.tsx';
import classes from './ArrivingMails.module.css';

const shown = 10;

export function ArrivingMails() {
  const interactions = useInteractions({}, shown);
  return (
    <Paper p="md" radius="md">
      <Group justify="space-between" mb="xs">
        <Title order={2}>Arriving now</Title>
        <Anchor component={Link} to="/interactions" size="sm">
          All interactions
        </Anchor>
      </Group>
      <Resource query={interactions} name="The newest mails">
        {(data) => <MailList mails={data.pages[0]?.items ?? []} />}
      </Resource>
    </Paper>
  );
}

function MailList({ mails }: { mails: readonly InteractionSummary[] }) {
  const names = useNames();
  if (mails.length === 0) {
    return (
      <EmptyNote icon={IconMailOpened} title="Waiting for the first mail">
        It appears here the moment it arrives, with the queue that the flow chose. Nothing needs to be reloaded.
      </EmptyNote>
    );
  }
  return (
    <Stack component="ul" gap={0} m={0} p={0} aria-live="polite" aria-label="Newest mails">
      {mails.map((mail) => (
        <li key={mail.id} className={classes.row}>
          <Link to={`/interactions/${mail.id}`} className={classes.link}>
            <Box miw={0} flex={1}>
              <Text size="md" fw={500} truncate="end" dir="auto" ta="left">
                {mail.subject || '(no subject)'}
              </Text>
              <Text size="xs" c="var(--sluice-muted)" truncate="end">
                <bdi>{mail.fromName || mail.from}</bdi> · <RelativeTime at={mail.receivedAt} />
              </Text>
            </Box>
            <Stack gap={2} align="flex-end">
              <StateBadge state={mail.state} />
              <Text size="xs" c="var(--sluice-muted)" truncate="end" maw={220}>
                {mail.queue ? `${names.queue(mail.queue)} · priority ${mail.priority}` : reasonWords(mail.reason)}
              </Text>
            </Stack>
          </Link>
        </li>
      ))}
    </Stack>
  );
}
