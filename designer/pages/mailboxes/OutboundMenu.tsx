import { ActionIcon, Menu, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconDotsVertical,
  IconHome,
  IconPencil,
  IconPlugConnected,
  IconReload,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import type { OutboundMailboxView } from '../../../schemas/api/outbound-mailboxes.ts';
import {
  useChangeOutbound,
  useDeleteOutbound,
  useRetryOutbound,
  useVerifyOutbound,
} from '../../api/outbound-mailboxes.ts';
import { confirm } from '../../shell/confirm.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { OutboundTest } from './OutboundTest.tsx';
import { VerifyReport } from './VerifyReport.tsx';

export function OutboundMenu({ mailbox, isLast }: { mailbox: OutboundMailboxView; isLast: boolean }) {
  const change = useChangeOutbound();
  const remove = useDeleteOutbound();
  const retry = useRetryOutbound();
  const verify = useVerifyOutbound();
  const [isVerifying, verifying] = useDisclosure(false);
  const [isTesting, testing] = useDisclosure(false);
  const { name, status } = mailbox;

  const startVerify = () => {
    verifying.open();
    verify.mutate(mailbox.id);
  };
  const makeDefault = () =>
    change.mutate(
      { id: mailbox.id, change: { isDefault: true } },
      { onSuccess: () => notifyDone(`${name} is the default now`), onError: (error) => notifyError(error) },
    );
  const tryNow = () =>
    retry.mutate(mailbox.id, {
      onSuccess: () => notifyDone('What waits is tried now'),
      onError: (error) => notifyError(error),
    });
  const refuseToDelete = () => {
    const reason = `${name} is the default outbound mailbox. Make another one the default first.`;
    notifyError(new Error(reason), 'Not deleted');
  };
  const askToDelete = () =>
    confirm({
      title: `Delete ${name}?`,
      text: isLast
        ? 'Its settings and its password are deleted. There is no other way out then: mails that wait are captured instead of sent.'
        : 'Its settings and its password are deleted. Mails that wait for it leave by the default outbound mailbox.',
      yes: 'Delete the mailbox',
      onYes: () => remove.mutate(mailbox.id, { onError: (error) => notifyError(error, 'Not deleted') }),
    });

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`What to do with ${name}`} loading={change.isPending || remove.isPending}>
            <IconDotsVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {status.waiting > 0 && mailbox.enabled && (
            <Menu.Item leftSection={<IconReload size={16} />} onClick={tryNow}>
              Try what waits now
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPlugConnected size={16} />} onClick={startVerify}>
            Verify the connection
          </Menu.Item>
          <Menu.Item leftSection={<IconSend size={16} />} onClick={testing.open}>
            Send a test mail
          </Menu.Item>
          <Menu.Item component={Link} to={`/mailboxes/outbound/${mailbox.id}`} leftSection={<IconPencil size={16} />}>
            Change
          </Menu.Item>
          {!mailbox.isDefault && (
            <Menu.Item leftSection={<IconHome size={16} />} onClick={makeDefault}>
              Make it the default
            </Menu.Item>
          )}
          <Menu.Item
            color="var(--mantine-color-error)"
            leftSection={<IconTrash size={16} />}
            onClick={mailbox.isDefault && !isLast ? refuseToDelete : askToDelete}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isVerifying} onClose={verifying.close} title={`Verify ${name}`} size="lg">
        <VerifyReport verify={verify} onRetry={() => verify.mutate(mailbox.id)} />
      </Modal>
      <Modal opened={isTesting} onClose={testing.close} title={`Test ${name}`} size="lg">
        <OutboundTest mailbox={mailbox} />
      </Modal>
    </>
  );
}
