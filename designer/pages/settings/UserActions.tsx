import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconDotsVertical,
  IconKey,
  IconKeyOff,
  IconTrash,
  IconUnlink,
  IconUserCheck,
  IconUserOff,
} from '@tabler/icons-react';
import type { UserChange, UserEntry } from '../../../schemas/api/session.ts';
import { useChangeUser, useDeleteUser, useUnlinkUser } from '../../api/settings.ts';
import { confirm } from '../../shell/confirm.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { PasswordDialog } from './PasswordDialog.tsx';

const tokensStay = 'Tokens that they made for scripts go on working: look through them under Tokens.';

/** What can be done with a user; nobody shuts themselves out. */
export function UserActions({ user, isMe }: { user: UserEntry; isMe: boolean }) {
  const change = useChangeUser();
  const remove = useDeleteUser();
  const unlink = useUnlinkUser();
  const [isSetting, setting] = useDisclosure(false);
  const { id, name, email } = user;
  const say = (title: string) => ({ onError: (error: unknown) => notifyError(error, title) });
  const apply = (part: UserChange, done: string) =>
    change.mutate({ id, change: part }, { ...say('Not changed'), onSuccess: () => notifyDone(done) });

  const askToDelete = () =>
    confirm({
      title: `Delete ${name}?`,
      text: `${email} is signed out at once and cannot sign in again. Their drafts are deleted; what they published stays. ${tokensStay}`,
      yes: 'Delete the user',
      onYes: () => remove.mutate(id, say('Not deleted')),
    });
  const askToDisable = () =>
    confirm({
      title: `Disable ${name}?`,
      text: `${email} is signed out at once and cannot sign in, whatever a provider says, until somebody enables them again. Nothing of theirs is deleted. ${tokensStay}`,
      yes: 'Disable the user',
      onYes: () => apply({ disabled: true }, `${name} is disabled`),
    });
  const askToRemovePassword = () =>
    confirm({
      title: `Take the password of ${name} away?`,
      text:
        user.providers.length === 0
          ? 'They are signed out, and come in only by a provider, where they have not signed in yet.'
          : 'They are signed out, and come in by their provider only.',
      yes: 'Take it away',
      onYes: () => apply({ password: null }, `${name} has no password any more`),
    });
  const askToUnlink = (provider: UserEntry['providers'][number]) =>
    confirm({
      title: `Take back the link to ${provider.name}?`,
      text: `${name} is signed out. Whoever signs in at ${provider.name} next with the address ${email} is linked to this user.`,
      yes: 'Take it back',
      onYes: () => unlink.mutate({ id, provider: provider.id }, say('Not taken back')),
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
          <Menu.Item leftSection={<IconKey size={16} />} onClick={setting.open}>
            {user.hasPassword ? 'Set another password' : 'Set a password'}
          </Menu.Item>
          {user.hasPassword && !isMe && (
            <Menu.Item leftSection={<IconKeyOff size={16} />} onClick={askToRemovePassword}>
              Take the password away
            </Menu.Item>
          )}
          {user.providers.map((provider) => (
            <Menu.Item key={provider.id} leftSection={<IconUnlink size={16} />} onClick={() => askToUnlink(provider)}>
              Take back the link to {provider.name}
            </Menu.Item>
          ))}
          {!isMe && (
            <>
              <Menu.Divider />
              {user.disabled ? (
                <Menu.Item
                  leftSection={<IconUserCheck size={16} />}
                  onClick={() => apply({ disabled: false }, `${name} may sign in again`)}
                >
                  Enable
                </Menu.Item>
              ) : (
                <Menu.Item leftSection={<IconUserOff size={16} />} onClick={askToDisable}>
                  Disable
                </Menu.Item>
              )}
              <Menu.Item color="var(--mantine-color-error)" leftSection={<IconTrash size={16} />} onClick={askToDelete}>
                Delete
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {isSetting && <PasswordDialog user={user} isMe={isMe} onClose={setting.close} />}
    </>
  );
}
