import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconCheck,
  IconDotsVertical,
  IconDownload,
  IconFilterOff,
  IconHandGrab,
  IconMessageForward,
  IconReload,
  IconRouteAltLeft,
} from '@tabler/icons-react';
import type { Interaction } from '../../../schemas/api/interactions.ts';
import { useLetThrough } from '../../api/filters.ts';
import { rawMailUrl, useClaim, useFinish, useRelease, useRetry } from '../../api/interactions.ts';
import { useMay, useUser } from '../../api/session.ts';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { RouteByHandDialog } from './RouteByHandDialog.tsx';

/** What a person may do with a mail in its present state. The source can always be downloaded. */
export function InteractionActions({ interaction }: { interaction: Interaction }) {
  const mayHandle = useMay('handle');
  const me = useUser();
  const { id, state } = interaction;
  const isMine = interaction.claimedBy === me.id || me.role === 'admin';
  const [isRouting, routing] = useDisclosure(false);
  const claim = useClaim();
  const release = useRelease();
  const finish = useFinish();
  const retry = useRetry();
  const letThrough = useLetThrough();
  const maySet = useMay('settings');
  const isBusy = claim.isPending || release.isPending || finish.isPending || retry.isPending || letThrough.isPending;
  const told = (message: string) => ({
    onSuccess: () => notifyDone(message),
    onError: (error: unknown) => notifyError(error),
  });

  const isFiltered =
    interaction.sourceRemoved === null &&
    (state === 'skipped' || (state === 'held' && interaction.reason.startsWith('awaits-confirmation:')));
  const isStranger = state === 'held' && interaction.reason.startsWith('stranger-reply:');
  const isQuarantined = state === 'quarantined' || (state === 'held' && !isFiltered && !isStranger);
  const always = { id, allow: { mailbox: interaction.mailbox, sender: interaction.from } };
  return (
    <>
      {mayHandle && state === 'queued' && (
        <Button
          leftSection={<IconHandGrab size={16} />}
          disabled={isBusy}
          onClick={() => claim.mutate({ id, body: {} }, told('The mail is yours'))}
        >
          Claim
        </Button>
      )}
      {mayHandle && isMine && state === 'claimed' && (
        <>
          <Button
            leftSection={<IconCheck size={16} />}
            disabled={isBusy}
            onClick={() => finish.mutate({ id, body: {} }, told('Finished'))}
          >
            Finish
          </Button>
          <Button
            variant="default"
            disabled={isBusy}
            onClick={() => release.mutate({ id, body: {} }, told('Back in its queue'))}
          >
            Release
          </Button>
        </>
      )}
      {mayHandle && isQuarantined && (
        <>
          <Button leftSection={<IconRouteAltLeft size={16} />} disabled={isBusy} onClick={routing.open}>
            Route by hand
          </Button>
          <Button
            variant="default"
            leftSection={<IconReload size={16} />}
            disabled={isBusy}
            onClick={() =>
              retry.mutate({ id, body: {} }, told('It is tried again, and stays here if it comes to the same'))
            }
          >
            Try again
          </Button>
        </>
      )}
      {mayHandle && isStranger && (
        <Button
          leftSection={<IconMessageForward size={16} />}
          disabled={isBusy}
          onClick={() => letThrough.mutate({ id }, told('Released: its flow runs now'))}
        >
          Release
        </Button>
      )}
      {mayHandle && isFiltered && (
        <>
          <Button
            leftSection={<IconFilterOff size={16} />}
            disabled={isBusy}
            onClick={() => letThrough.mutate({ id }, told('Let through: its flow runs now'))}
          >
            Let through
          </Button>
          {maySet && interaction.from !== '' && (
            <Button
              variant="default"
              disabled={isBusy}
              onClick={() => letThrough.mutate(always, told('The sender is on the allow list'))}
            >
              Always allow this sender
            </Button>
          )}
        </>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" px={8} aria-label="More actions">
            <IconDotsVertical size={16} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component="a"
            href={rawMailUrl(id)}
            disabled={interaction.sourceRemoved !== null}
            download
            leftSection={<IconDownload size={16} />}
          >
            Download the source (.eml)
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RouteByHandDialog id={id} opened={isRouting} onClose={routing.close} />
    </>
  );
}
