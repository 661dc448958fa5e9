import { Badge, Box, Grid, Group, Stack, Text } from '@mantine/core';
import { useParams } from 'react-router';
import type { Interaction } from '../../../schemas/api/interactions.ts';
import { useInteraction } from '../../api/interactions.ts';
import { useNames } from '../../api/useNames.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { Page } from '../../shell/Page.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { reasonWords } from '../../shell/reason-words.ts';
import { StateBadge } from '../../shell/StateBadge.tsx';
import { ByHandList } from './ByHandList.tsx';
import { ConversationPanel } from './ConversationPanel.tsx';
import { InteractionActions } from './InteractionActions.tsx';
import { MailPanel } from './MailPanel.tsx';
import { QuarantineNote } from './QuarantineNote.tsx';
import { RunPanel } from './RunPanel.tsx';
import { ReplyPanel } from './reply/ReplyPanel.tsx';
import { ShortenedNote } from './ShortenedNote.tsx';
import { VerdictPanel } from './VerdictPanel.tsx';
import { WayPanel } from './WayPanel.tsx';

/** One mail, what was decided about it and why. */
export function InteractionPage() {
  const { id = '' } = useParams();
  const interaction = useInteraction(id);
  const { data } = interaction;
  const subject = data && (data.subject || '(no subject)');

  return (
    <Page
      title={subject ?? 'Interaction'}
      back={<BackToList state={data?.state} />}
      description={data && <Facts interaction={data} />}
      actions={data && <InteractionActions interaction={data} />}
    >
      <Resource query={interaction} name="The interaction" rows={10}>
        {(loaded) => (
          <Grid gap="md">
            <Grid.Col span={{ base: 12, lg: 5 }}>
              <Stack gap="md">
                <ShortenedNote interaction={loaded} />
                <QuarantineNote interaction={loaded} />
                <MailPanel interaction={loaded} />
                <ReplyPanel key={loaded.id} interaction={loaded} />
                <ConversationPanel interaction={loaded} />
                {loaded.way && <WayPanel way={loaded.way} />}
                {loaded.email && <VerdictPanel email={loaded.email} />}
              </Stack>
            </Grid.Col>
            <Grid.Col span={{ base: 12, lg: 7 }}>
              <Stack gap="md">
                <RunPanel interaction={loaded} />
                <ByHandList interventions={loaded.byHand} />
              </Stack>
            </Grid.Col>
          </Grid>
        )}
      </Resource>
    </Page>
  );
}

/** The list that it waits in. */
function BackToList({ state }: { state: Interaction['state'] | undefined }) {
  if (state === 'quarantined') return <BackLink to="/quarantine">Quarantine</BackLink>;
  if (state === 'held') return <BackLink to="/quarantine?show=held">Held</BackLink>;
  return <BackLink to="/interactions">Interactions</BackLink>;
}

function Facts({ interaction }: { interaction: Interaction }) {
  const { queue, priority, skills, claimedBy, claimedUntil, reason } = interaction;
  const names = useNames();
  return (
    <Group component="span" gap={8} mt={4}>
      <StateBadge state={interaction.state} />
      {queue && (
        <Text component="span" size="sm">
          {names.queue(queue)} · priority {priority}
        </Text>
      )}
      {skills.map((skill) => (
        <Badge key={skill} color="gray" variant="outline">
          {skill}
        </Badge>
      ))}
      {claimedBy && (
        <Text component="span" size="sm">
          claimed by <bdi>{names.person(claimedBy)}</bdi>
          {claimedUntil && (
            <>
              {', until '}
              <RelativeTime at={claimedUntil} />
            </>
          )}
        </Text>
      )}
      {reason && interaction.run && (
        <Text component="span" size="sm">
          {reasonWords(reason)}
        </Text>
      )}
      <Box component="span">
        <Text component="span" size="sm">
          received <RelativeTime at={interaction.receivedAt} /> by {names.mailbox(interaction.mailbox)}
        </Text>
      </Box>
    </Group>
  );
}
