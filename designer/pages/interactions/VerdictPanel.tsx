import { Badge, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Email, Verdict } from '../../../schemas/email.ts';

const verdicts: readonly { verdict: Verdict; yes: string; no: string; colour: (value: boolean) => string }[] = [
  {
    verdict: 'isAutoReply',
    yes: 'an automatic reply',
    no: 'not an automatic reply',
    colour: (value) => (value ? 'yellow' : 'gray'),
  },
  { verdict: 'isBounce', yes: 'a bounce', no: 'not a bounce', colour: (value) => (value ? 'yellow' : 'gray') },
  {
    verdict: 'isList',
    yes: 'from a mailing list',
    no: 'not from a list',
    colour: (value) => (value ? 'yellow' : 'gray'),
  },
  {
    verdict: 'mayAutoRespond',
    yes: 'may be answered automatically',
    no: 'must not be answered automatically',
    colour: (value) => (value ? 'green' : 'orange'),
  },
];

/** What Sluice takes the mail for, each with the header that decided. */
export function VerdictPanel({ email }: { email: Email }) {
  return (
    <Paper p="md" radius="md">
      <Stack gap="sm">
        <Title order={2}>Taken for</Title>
        <VerdictList email={email} />
      </Stack>
    </Paper>
  );
}

export function VerdictList({ email }: { email: Email }) {
  const { spf, dkim, dmarc } = email.authentication;
  return (
    <Stack gap="sm">
      {verdicts.map(({ verdict, yes, no, colour }) => {
        const evidence = email.evidence.filter((each) => each.verdict === verdict);
        return (
          <Stack key={verdict} gap={3}>
            <Group gap={8}>
              <Badge color={colour(email[verdict])}>{email[verdict] ? yes : no}</Badge>
              {evidence.length === 0 && (
                <Text size="xs" c="var(--sluice-muted)">
                  no header says otherwise
                </Text>
              )}
            </Group>
            {evidence.map((each) => (
              <Text key={`${each.header} ${each.value}`} size="xs" c="var(--sluice-muted)">
                {each.reason}{' '}
                <Code fz="xs">
                  {each.header}
                  {each.value && `: ${each.value}`}
                </Code>
              </Text>
            ))}
          </Stack>
        );
      })}
      <Text size="xs" c="var(--sluice-muted)">
        Sender checked by the receiving server: SPF {spf}, DKIM {dkim}, DMARC {dmarc}
      </Text>
    </Stack>
  );
}
