import { Alert, Progress, SimpleGrid, Stack, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import { formatCount } from '../../shell/format.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Fact } from './Fact.tsx';
import { sourceFormOf } from './sources/index.ts';

/** The truth meter: what the server has, what is durably taken, and when that was last known for sure. */
export function MailboxTruth({ mailbox }: { mailbox: MailboxView }) {
  const { status } = mailbox;
  const { lag } = status;
  const fact = sourceFormOf(mailbox)?.factOf(mailbox);
  return (
    <Stack gap="xs">
      {lag !== undefined && lag > 0 && (
        <Stack gap={4}>
          <Text size="sm">{formatCount(lag)} mails on the server are not taken yet</Text>
          <Progress value={100} color="orange" size="xs" striped animated aria-label={`${lag} mails behind`} />
        </Stack>
      )}
      <SimpleGrid cols={2} spacing="xs" verticalSpacing={6}>
        {fact && (
          <>
            <Fact label="Newest on the server">{status.newestOnServer ?? '–'}</Fact>
            <Fact label="Newest taken">{status.newestTaken ?? '–'}</Fact>
          </>
        )}
        <Fact label="Last success">
          {status.lastSuccessAt ? <RelativeTime at={status.lastSuccessAt} /> : 'not yet'}
        </Fact>
        {status.nextRetryAt && (
          <Fact label="Tries again">
            <RelativeTime at={status.nextRetryAt} soon="in a moment" />
          </Fact>
        )}
        {fact && (
          <Fact label={fact.label}>
            <Tooltip label={fact.hint}>
              <span>{fact.text}</span>
            </Tooltip>
          </Fact>
        )}
      </SimpleGrid>
    </Stack>
  );
}

/** What is not as it should be although mail is taken, and what somebody has to know of a mailbox that is switched off. */
export function MailboxWarnings({ mailbox: { status, enabled } }: { mailbox: MailboxView }) {
  if (!enabled) return <Text size="sm">It takes no mail yet: make a route from it, or switch it on.</Text>;
  return status.problems?.map(({ code, message, at }) => (
    <Alert key={`${code} ${message}`} color="orange" icon={<IconAlertTriangle size={18} />} p="xs">
      <Text size="sm">{message}</Text>
      <Text size="xs" opacity={0.8}>
        {code} · mail is taken all the same · <RelativeTime at={at} />
      </Text>
    </Alert>
  ));
}

/** What is wrong, in the words of the last error, and when it is tried again. */
export function MailboxProblem({ mailbox: { status } }: { mailbox: MailboxView }) {
  if (!status.lastError) return null;
  return (
    <Alert color={status.state === 'failed' ? 'red' : 'orange'} icon={<IconAlertTriangle size={18} />} p="xs">
      <Text size="sm">{status.lastError.message}</Text>
      <Text size="xs" opacity={0.8}>
        {status.lastError.code} · <RelativeTime at={status.lastError.at} />
        {status.nextRetryAt && (
          <>
            {' · '}Tries again <RelativeTime at={status.nextRetryAt} soon="in a moment" />
          </>
        )}
      </Text>
    </Alert>
  );
}
