import { Alert, Anchor, Stack } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import { useMailboxes } from '../../api/mailboxes.ts';
import { useMay } from '../../api/session.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { MailboxFilters } from '../filters/MailboxFilters.tsx';
import { MailboxEditor } from './MailboxEditor.tsx';
import { MailboxWatch } from './MailboxWatch.tsx';
import { SignInSection } from './move-login/SignInSection.tsx';
import { loginOf } from './move-login/trial.ts';
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
      description="Verify tries the connection before anything is saved."
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
  const maySet = useMay('settings');
  const [isUnsaved, setIsUnsaved] = useState(false);
  const name = mailboxes.data?.items.find((mailbox) => mailbox.id === id)?.name;
  return (
    <Page title={name ?? 'Mailbox'} width="narrow" back={<BackLink to="/mailboxes">Mailboxes</BackLink>}>
      <Resource query={mailboxes} name="The mailbox">
        {({ items }) => {
          const mailbox = items.find((each) => each.id === id);
          if (mailbox && sourceFormOf(mailbox))
            return (
              <Stack gap="md">
                <MailboxEditor
                  key={`${mailbox.id} ${loginOf(mailbox)?.authorisation}`}
                  mailbox={mailbox}
                  onSaved={leave}
                  onCancel={leave}
                  onUnsaved={setIsUnsaved}
                />
                {maySet && <SignInSection mailbox={mailbox} isUnsaved={isUnsaved} />}
                <Beside mailbox={mailbox} />
              </Stack>
            );
          return (
            <Stack gap="md">
              <Alert icon={<IconInfoCircle size={18} />}>
                {mailbox
                  ? 'The built-in receiver has no connection to set up. Its domains are in '
                  : 'There is no such mailbox. '}
                <Anchor component={Link} to={mailbox ? '/settings/receiver' : '/mailboxes'} size="sm">
                  {mailbox ? 'Settings' : 'All mailboxes'}
                </Anchor>
              </Alert>
              {mailbox && <Beside mailbox={mailbox} />}
            </Stack>
          );
        }}
      </Resource>
    </Page>
  );
}

/** What belongs to a mailbox beside its connection. */
function Beside({ mailbox }: { mailbox: MailboxView }) {
  const maySet = useMay('settings');
  return (
    <>
      <MailboxWatch mailbox={mailbox} />
      {maySet && <MailboxFilters mailbox={mailbox.id} />}
    </>
  );
}
