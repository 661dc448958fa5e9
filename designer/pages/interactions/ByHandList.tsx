import { Paper, Stack, Text, Title } from '@mantine/core';
import type { Intervention } from '../../../schemas/api/interactions.ts';
import { useNames } from '../../api/useNames.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { reasonWords } from '../../shell/reason-words.ts';

const words: Readonly<Record<Intervention['action'], string>> = {
  retry: 'ran it again',
  route: 'routed it by hand',
  repair: 'had it read differently',
  delete: 'deleted it',
  merge: 'merged it',
  split: 'split it off',
  answer: 'answered it',
  'take-back': 'took an answer back',
  'put-back': 'put it back into its queue',
};

/** What people did with a mail, and what Sluice did about their answers. */
export function ByHandList({ interventions }: { interventions: readonly Intervention[] }) {
  const names = useNames();
  if (interventions.length === 0) return null;
  return (
    <Paper p="md" radius="md">
      <Stack gap={6}>
        <Title order={2}>By hand</Title>
        {interventions.map(({ at, who, action, detail }) => (
          <Text key={`${at} ${action}`} size="sm">
            <bdi>{names.person(who)}</bdi> {words[action]}
            {detail && `: ${reasonWords(detail)}`}{' '}
            <Text span size="xs" c="var(--sluice-muted)">
              <RelativeTime at={at} />
            </Text>
          </Text>
        ))}
      </Stack>
    </Paper>
  );
}
