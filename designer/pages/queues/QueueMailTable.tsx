import { Button, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { Link } from 'react-router';
import { answerFailed } from '../../../schemas/answer-failed.ts';
import type { InteractionSummary } from '../../../schemas/api/interactions.ts';
import { useClaim, useFinish, useRelease } from '../../api/interactions.ts';
import { useMay, useUser } from '../../api/session.ts';
import { useNames } from '../../api/useNames.ts';
import { notifyError } from '../../shell/notify.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { reasonWords } from '../../shell/reason-words.ts';
import { StateBadge } from '../../shell/StateBadge.tsx';
import table from '../../shell/table.module.css';

interface QueueMailTableProps {
  mails: readonly InteractionSummary[];
  /** The order is that in which the mails are handed out, and is shown. */
  isOrdered: boolean;
}

export function QueueMailTable({ mails, isOrdered }: QueueMailTableProps) {
  const mayHandle = useMay('handle');
  return (
    <Table.ScrollContainer minWidth={700} type="native">
      <Table
        aria-label={isOrdered ? 'Waiting mails, in the order in which they are handed out' : 'Claimed mails'}
        className={table.table}
        layout="fixed"
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={48} className={table.number}>
              {isOrdered && '#'}
            </Table.Th>
            <Table.Th>Mail</Table.Th>
            <Table.Th w={90} className={table.number}>
              Priority
            </Table.Th>
            <Table.Th w={120}>Waiting since</Table.Th>
            <Table.Th w={150}>State</Table.Th>
            {mayHandle && (
              <Table.Th w={170}>
                <VisuallyHidden>What you can do</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {mails.map((mail, i) => (
            <QueueMailRow key={mail.id} mail={mail} position={isOrdered ? i + 1 : null} mayHandle={mayHandle} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface QueueMailRowProps {
  mail: InteractionSummary;
  position: number | null;
  mayHandle: boolean;
}

function QueueMailRow({ mail, position, mayHandle }: QueueMailRowProps) {
  const names = useNames();
  return (
    <Table.Tr className={table.row}>
      <Table.Td className={table.number}>
        <Text size="sm" c="var(--sluice-muted)">
          {position}
        </Text>
      </Table.Td>
      <Table.Td>
        <Link to={`/interactions/${mail.id}`} className={table.link} dir="auto">
          <Text span inherit truncate="end" display="block">
            {mail.subject || '(no subject)'}
          </Text>
        </Link>
        <Text size="xs" c="var(--sluice-muted)" truncate="end">
          <bdi>{mail.fromName || mail.from}</bdi>
        </Text>
        {mail.reason.startsWith(`${answerFailed}:`) && (
          <Text size="xs" c="var(--sluice-warning)" lineClamp={4}>
            {reasonWords(mail.reason)}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={table.number}>
        <Text size="sm" fw={mail.priority === 0 ? 400 : 600}>
          {mail.priority}
        </Text>
      </Table.Td>
      <Table.Td>
        <RelativeTime at={mail.receivedAt} />
      </Table.Td>
      <Table.Td>
        <StateBadge state={mail.state} />
        {mail.claimedBy && (
          <Text size="xs" c="var(--sluice-muted)" truncate="end">
            by <bdi>{names.person(mail.claimedBy)}</bdi>
          </Text>
        )}
      </Table.Td>
      {mayHandle && (
        <Table.Td>
          <RowActions mail={mail} />
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function RowActions({ mail }: { mail: InteractionSummary }) {
  const claim = useClaim();
  const release = useRelease();
  const finish = useFinish();
  const told = { onError: (error: unknown) => notifyError(error) };
  const subject = mail.subject || 'no subject';
  const me = useUser();
  const isMine = mail.claimedBy === me.id || me.role === 'admin';
  if (mail.state === 'claimed' && !isMine) return null;

  return (
    <Group gap={6} justify="flex-end" className={table.above} w="fit-content" ml="auto" wrap="nowrap">
      {mail.state === 'claimed' ? (
        <>
          <Button
            size="compact-xs"
            variant="default"
            loading={finish.isPending}
            aria-label={`Finish: ${subject}`}
            onClick={() => finish.mutate({ id: mail.id, body: {} }, told)}
          >
            Finish
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            loading={release.isPending}
            aria-label={`Release: ${subject}`}
            onClick={() => release.mutate({ id: mail.id, body: {} }, told)}
          >
            Release
          </Button>
        </>
      ) : (
        <Button
          size="compact-xs"
          variant="default"
          loading={claim.isPending}
          aria-label={`Claim: ${subject}`}
          onClick={() => claim.mutate({ id: mail.id, body: {} }, told)}
        >
          Claim
        </Button>
      )}
    </Group>
  );
}
