import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import { useChangeMailbox } from '../../api/mailboxes.ts';
import { useMay } from '../../api/session.ts';
import { formatCount } from '../../shell/format.ts';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { ListRow } from './ListRow.tsx';
import { MailboxMenu } from './MailboxMenu.tsx';
import { MailboxProblem, MailboxTruth, MailboxWarnings } from './MailboxTruth.tsx';
import { sourceFormOf } from './sources/index.ts';

const colours = { starting: 'blue', connected: 'green', retrying: 'orange', failed: 'red', stopped: 'gray' } as const;

export function InboundRow({ mailbox }: { mailbox: MailboxView }) {
  const maySet = useMay('settings');
  const change = useChangeMailbox();
  const source = sourceFormOf(mailbox);
  const { status, enabled, name } = mailbox;
  const toggle = () =>
    change.mutate(
      { id: mailbox.id, change: { enabled: !enabled } },
      {
        onSuccess: () => notifyDone(`${name} is switched ${enabled ? 'off' : 'on'}`),
        onError: (error) => notifyError(error),
      },
    );

  return (
    <ListRow
      direction="inbound"
      name={name}
      to={maySet && source ? `/mailboxes/${mailbox.id}` : undefined}
      address={source ? mailbox.address : 'Programs hand mail over by SMTP'}
      type={source ? `${source.label} · ${source.whereOf(mailbox)}` : 'Built-in receiver'}
      state={enabled ? { text: status.state, colour: colours[status.state] } : { text: 'switched off', colour: 'gray' }}
      amount={amountOf(mailbox)}
      lastSuccessAt={status.lastSuccessAt}
      isEnabled={enabled}
      onToggle={maySet ? toggle : undefined}
      isToggling={change.isPending}
      menu={maySet && <MailboxMenu mailbox={mailbox} />}
      problem={problemOf(mailbox)}
      details={
        <>
          {mailbox.description && (
            <Text size="sm" mb="xs">
              {mailbox.description}
            </Text>
          )}
          <MailboxTruth mailbox={mailbox} />
        </>
      }
    />
  );
}

function problemOf(mailbox: MailboxView): ReactNode {
  const { status, enabled } = mailbox;
  if (enabled && status.lastError && status.state !== 'connected') return <MailboxProblem mailbox={mailbox} />;
  const hasWarnings = enabled ? (status.problems ?? []).length > 0 : sourceFormOf(mailbox) !== undefined;
  return hasWarnings && <MailboxWarnings mailbox={mailbox} />;
}

function amountOf({ status, enabled }: MailboxView): string {
  if (!enabled) return '';
  if (status.lag === undefined) return '–';
  return status.lag === 0 ? 'nothing behind' : `${formatCount(status.lag)} behind`;
}
