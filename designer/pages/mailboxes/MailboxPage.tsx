import { Alert, Anchor } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from 'react-router';
import { useMailboxes } from '../../api/mailboxes.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { MailboxEditor } from './MailboxEditor.tsx';
import { sourceFormOf } from './sources/index.ts';

/** Connects a new mailbox. */
export function NewMailboxPage() {
  const navigate = useNavigate();
  const leave = () => void navigate('/mailboxes');
  return (
    <Page
      title="Connect a mailbox"
      width="narrow"
      back={<BackLink to="/mailboxes">Mailboxes</BackLink>}
      description="Verify tries the connection before anything is saved. Only mail that arrives from now on is taken."
    >
      <MailboxEditor onSaved={leave} onCancel={leave} />
    </Page>
  );
}

/** Changes a mailbox. */
export function MailboxPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const leave = () => void navigate('/mailboxes');
  const mailboxes = useMailboxes();
  const name = mailboxes.data?.items.find((mailbox) => mailbox.id === id)?.name;
  return (
    <Page title={name ?? 'Mailbox'} width="narrow" back={<BackLink to="/mailboxes">Mailboxes</BackLink>}>
      <Resource query={mailboxes} name="The mailbox">
        {({ items }) => {
          const mailbox = items.find((each) => each.id === id);
          if (mailbox && sourceFormOf(mailbox))
            return <MailboxEditor key={mailbox.id} mailbox={mailbox} onSaved={leave} onCancel={leave} />;
          return (
            <Alert icon={<IconInfoCircle size={18} />}>
              {mailbox
                ? 'The built-in receiver has no connection to set up. Its domains are in '
                : 'There is no such mailbox. '}
              <Anchor component={Link} to={mailbox ? '/settings/receiver' : '/mailboxes'} size="sm">
                {mailbox ? 'Settings' : 'All mailboxes'}
              </Anchor>
            </Alert>
          );
        }}
      </Resource>
    </Page>
  );
}
