import { Alert, Anchor, Paper, Stack } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import { useOutboundMailboxes } from '../../api/outbound-mailboxes.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { OutboundEditor } from './OutboundEditor.tsx';
import { OutboundTest } from './OutboundTest.tsx';

/** Sets up a new outbound mailbox. */
export function NewOutboundPage() {
  const navigate = useNavigate();
  const leave = () => void navigate('/mailboxes');
  return (
    <Page
      title="Add an outbound mailbox"
      width="narrow"
      back={<BackLink to="/mailboxes">Mailboxes</BackLink>}
      description="The server through which answers leave. Verify tries it before anything is saved; the first one becomes the default."
    >
      <OutboundEditor onSaved={leave} onCancel={leave} />
    </Page>
  );
}

/** Changes an outbound mailbox, and sends a test mail through it. */
export function OutboundPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const leave = () => void navigate('/mailboxes');
  const outbound = useOutboundMailboxes();
  const name = outbound.data?.items.find((mailbox) => mailbox.id === id)?.name;
  return (
    <Page title={name ?? 'Outbound mailbox'} width="narrow" back={<BackLink to="/mailboxes">Mailboxes</BackLink>}>
      <Resource query={outbound} name="The outbound mailbox">
        {({ items }) => {
          const mailbox = items.find((each) => each.id === id);
          if (mailbox) {
            return (
              <Stack gap="md">
                <OutboundEditor key={mailbox.id} mailbox={mailbox} onSaved={leave} onCancel={leave} />
                <Paper p="md" radius="md">
                  <OutboundTest mailbox={mailbox} />
                </Paper>
              </Stack>
            );
          }
          return (
            <Alert icon={<IconInfoCircle size={18} />}>
              There is no such outbound mailbox.{' '}
              <Anchor component={Link} to="/mailboxes" size="sm">
                All mailboxes
              </Anchor>
            </Alert>
          );
        }}
      </Resource>
    </Page>
  );
}
