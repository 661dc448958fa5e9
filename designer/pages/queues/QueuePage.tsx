import { Button, Menu, Paper, Stack, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDotsVertical, IconHandGrab, IconInbox, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate, useParams } from 'react-router';
import type { QueueView } from '../../../schemas/api/queues.ts';
import { useInteractions } from '../../api/interactions.ts';
import { useClaimNext, useDeleteQueue, useQueueMails, useQueues } from '../../api/queues.ts';
import { useMay } from '../../api/session.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { confirm } from '../../shell/confirm.tsx';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { LoadMore } from '../../shell/LoadMore.tsx';
import { notifyDone, notifyError } from '../../shell/notify.ts';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { QueueDialog } from './QueueDialog.tsx';
import { QueueMailTable } from './QueueMailTable.tsx';

/** The mails of one queue, in the order in which they are handed out. */
export function QueuePage() {
  const { id = '' } = useParams();
  const queue = useQueues().data?.items.find((each) => each.id === id);
  const mails = useQueueMails(id);
  const claimed = useInteractions({ queue: id, state: 'claimed' });
  const claimedMails = claimed.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <Page
      title={queue?.name ?? id}
      back={<BackLink to="/queues">Queues</BackLink>}
      description={queue?.description}
      actions={queue && <QueueActions queue={queue} />}
    >
      <Resource query={mails} name="The mails of the queue" rows={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <Paper radius="md">
              {items.length === 0 ? (
                <EmptyNote icon={IconInbox} title="Nothing waits here">
                  Mail comes here when a flow ends in Transfer to queue with “{id}”, or when somebody routes it by hand.
                </EmptyNote>
              ) : (
                <>
                  <QueueMailTable mails={items} isOrdered />
                  <LoadMore query={mails} count={items.length} noun="mail" />
                </>
              )}
            </Paper>
          );
        }}
      </Resource>
      {claimedMails.length > 0 && (
        <Stack gap="xs">
          <Title order={2}>Claimed</Title>
          <Paper radius="md">
            <QueueMailTable mails={claimedMails} isOrdered={false} />
            {claimed.hasNextPage && <LoadMore query={claimed} count={claimedMails.length} noun="mail" />}
          </Paper>
        </Stack>
      )}
    </Page>
  );
}

function QueueActions({ queue }: { queue: QueueView }) {
  const mayHandle = useMay('handle');
  const maySet = useMay('settings');
  const navigate = useNavigate();
  const claimNext = useClaimNext(queue.id);
  const remove = useDeleteQueue();
  const [isEditing, editing] = useDisclosure(false);

  const claim = () =>
    claimNext.mutate(
      {},
      {
        onSuccess: (mail) => (mail ? navigate(`/interactions/${mail.id}`) : notifyDone('Nothing waits in this queue')),
        onError: (error) => notifyError(error, 'Not claimed'),
      },
    );
  const askToDelete = () =>
    confirm({
      title: `Delete the queue ${queue.name}?`,
      text: 'Flows that name it fail their checks from then on, and mail that they send there takes their fallback. Mails that wait in it must be finished or moved first.',
      yes: 'Delete the queue',
      onYes: () =>
        remove.mutate(queue.id, {
          onSuccess: () => navigate('/queues'),
          onError: (error) => notifyError(error, 'Not deleted'),
        }),
    });

  return (
    <>
      {mayHandle && (
        <Button
          leftSection={<IconHandGrab size={16} />}
          loading={claimNext.isPending}
          disabled={queue.waiting === 0}
          onClick={claim}
        >
          Claim next
        </Button>
      )}
      {maySet && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" px={8} aria-label="Change or delete the queue">
              <IconDotsVertical size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={editing.open}>
              Change
            </Menu.Item>
            <Menu.Item color="var(--mantine-color-error)" leftSection={<IconTrash size={16} />} onClick={askToDelete}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <QueueDialog opened={isEditing} onClose={editing.close} taken={[]} queue={queue} />
    </>
  );
}
