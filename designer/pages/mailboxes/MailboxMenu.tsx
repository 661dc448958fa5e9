import { ActionIcon, Menu, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconDotsVertical,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnected,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import type { MailboxRemoved, MailboxView } from '../../../schemas/api/mailboxes.ts';
import { useChangeMailbox, useDeleteMailbox, useLookForMail, useVerifyMailbox } from '../../api/mailboxes.ts';
import { confirm } from '../../shell/confirm.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { sourceFormOf } from './sources/index.ts';
import { VerifyReport } from './VerifyReport.tsx';

export function MailboxMenu({ mailbox }: { mailbox: MailboxView }) {
  const change = useChangeMailbox();
  const remove = useDeleteMailbox();
  const verify = useVerifyMailbox();
  const look = useLookForMail();
  const [isVerifying, verifying] = useDisclosure(false);
  const isFetched = sourceFormOf(mailbox) !== undefined;

  const startVerify = () => {
    verifying.open();
    verify.mutate(mailbox.id);
  };
  const lookNow = () =>
    look.mutate(mailbox.id, {
      onSuccess: () => notifyDone(`${mailbox.name}: looking for mail`),
      onError: (error) => notifyError(error),
    });
  const toggle = () =>
    change.mutate(
      { id: mailbox.id, change: { enabled: !mailbox.enabled } },
      {
        onSuccess: () => notifyDone(`${mailbox.name} is switched ${mailbox.enabled ? 'off' : 'on'}`),
        onError: (error) => notifyError(error),
      },
    );
  const askToSwitchOff = () =>
    confirm({
      title: `${mailbox.name} is switched on`,
      text: 'A mailbox is deleted once it is switched off and no route leads from it. Switched off, it takes no mail; what is on its server waits there.',
      yes: 'Switch it off',
      onYes: toggle,
    });
  const askToDelete = () =>
    confirm({
      title: `Delete ${mailbox.name}?`,
      text: 'Its settings, its password and its filters are deleted, and its open alarms are cleared. Mails that were taken stay, and nothing changes on the mail server.',
      yes: 'Delete the mailbox',
      onYes: () =>
        remove.mutate(mailbox.id, {
          onSuccess: (removed) => notifyDone(removedWords(mailbox.name, removed)),
          onError: (error) => notifyError(error, 'Not deleted'),
        }),
    });

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`What to do with ${mailbox.name}`} loading={change.isPending || remove.isPending}>
            <IconDotsVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isFetched && (
            <>
              {mailbox.enabled && (
                <Menu.Item leftSection={<IconRefresh size={16} />} onClick={lookNow}>
                  Look for mail now
                </Menu.Item>
              )}
              <Menu.Item leftSection={<IconPlugConnected size={16} />} onClick={startVerify}>
                Verify the connection
              </Menu.Item>
              <Menu.Item component={Link} to={`/mailboxes/${mailbox.id}`} leftSection={<IconPencil size={16} />}>
                Change
              </Menu.Item>
            </>
          )}
          <Menu.Item
            leftSection={mailbox.enabled ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
            onClick={toggle}
          >
            {mailbox.enabled ? 'Switch off' : 'Switch on'}
          </Menu.Item>
          {isFetched && (
            <Menu.Item
              color="var(--mantine-color-error)"
              leftSection={<IconTrash size={16} />}
              onClick={mailbox.enabled ? askToSwitchOff : askToDelete}
            >
              Delete
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isVerifying} onClose={verifying.close} title={`Verify ${mailbox.name}`} size="lg">
        <VerifyReport verify={verify} onRetry={() => verify.mutate(mailbox.id)} />
      </Modal>
    </>
  );
}

function removedWords(name: string, { filtersDeleted, alarmsCleared }: MailboxRemoved): string {
  const also = [
    filtersDeleted && 'its filters',
    alarmsCleared > 0 && (alarmsCleared === 1 ? 'its alarm' : `its ${alarmsCleared} alarms`),
  ].filter(Boolean);
  return also.length === 0 ? `${name} is deleted` : `${name} is deleted, with ${also.join(' and ')}`;
}
