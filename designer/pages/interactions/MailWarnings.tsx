import { Alert, Badge, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconEyeExclamation } from '@tabler/icons-react';
import { senderDoubts } from '../../../schemas/addresses/sender-doubts.ts';
import type { Email } from '../../../schemas/email.ts';
import { mailNature } from '../../../schemas/mail-nature.ts';

/** What a reader has to know before believing a mail: who it only seems to be from, and what in it cannot be read here. */
export function MailWarnings({ email }: { email: Email }) {
  const natures = mailNature(email);
  const doubts = [email.from, ...email.replyTo].flatMap(senderDoubts);
  if (natures.length === 0 && doubts.length === 0) return null;
  return (
    <Stack gap={8} px="md" pb="sm">
      {natures.length > 0 && (
        <Group gap={6} role="list" aria-label="Kind of mail">
          {natures.map(({ text, meaning }) => (
            <Tooltip key={text} label={meaning} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
              <Badge role="listitem" tabIndex={0} color="blue" variant="light" aria-description={meaning}>
                {text}
              </Badge>
            </Tooltip>
          ))}
        </Group>
      )}
      {doubts.length > 0 && (
        <Alert color="orange" variant="light" icon={<IconEyeExclamation size={18} />} p="xs" role="note">
          {[...new Set(doubts)].map((doubt) => (
            <Text key={doubt} size="sm">
              <bdi>{doubt}</bdi>
            </Text>
          ))}
        </Alert>
      )}
    </Stack>
  );
}
