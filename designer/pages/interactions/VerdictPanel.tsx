import { Badge, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Authentication, Email, Verdict } from '../../../schemas/email.ts';

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
      <SenderProof authentication={email.authentication} />
    </Stack>
  );
}

const proofs = {
  proved: { words: 'the sender is proved', colour: 'green' },
  unproved: { words: 'nothing proves the sender', colour: 'yellow' },
  forged: { words: 'the sender is probably forged', colour: 'red' },
  unknown: { words: 'the sender could not be checked', colour: 'gray' },
} as const;

/** Whether the domain of the sender stands behind the mail, by whose word, and why. */
function SenderProof({ authentication }: { authentication: Authentication }) {
  const { sender, by, evidence = [], spf, dkim, dmarc } = authentication;
  const proof = sender === undefined ? { words: 'the sender was not checked', colour: 'gray' } : proofs[sender];
  return (
    <Stack gap={3}>
      <Group gap={8}>
        <Badge color={proof.colour}>{proof.words}</Badge>
        <Text size="xs" c="var(--sluice-muted)">
          {by ? `by ${by}: ` : ''}SPF {spf}, DKIM {dkim}, DMARC {dmarc}
        </Text>
      </Group>
      {evidence.map((each) => (
        <Text key={`${each.method} ${each.domain} ${each.reason}`} size="xs" c="var(--sluice-muted)">
          {each.method.toUpperCase()} {each.result}: <bdi>{each.reason}</bdi>
        </Text>
      ))}
    </Stack>
  );
}
