import { Alert, Anchor, Button, Group, Paper, Stack } from '@mantine/core';
import { IconInfoCircle, IconPlugConnected } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import {
  useChangeMailbox,
  useCreateMailbox,
  useMailboxes,
  useVerifyMailbox,
  useVerifyUnsavedMailbox,
} from '../../api/mailboxes.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { useUnsavedGuard } from '../../shell/useUnsavedGuard.ts';
import { MailboxFields } from './MailboxFields.tsx';
import { bodyOf, changeOf, emptyForm, formOf } from './mailbox-form.ts';
import { VerifyReport } from './VerifyReport.tsx';

/** Connects a new mailbox. */
export function NewMailboxPage() {
  return (
    <Page
      title="Connect a mailbox"
      width="narrow"
      back={<BackLink to="/mailboxes">Mailboxes</BackLink>}
      description="Verify tries the connection before anything is saved. Only mail that arrives from now on is taken."
    >
      <MailboxEditor />
    </Page>
  );
}

/** Changes a mailbox. */
export function MailboxPage() {
  const { id = '' } = useParams();
  const mailboxes = useMailboxes();
  const name = mailboxes.data?.items.find((mailbox) => mailbox.id === id)?.name;
  return (
    <Page title={name ?? 'Mailbox'} width="narrow" back={<BackLink to="/mailboxes">Mailboxes</BackLink>}>
      <Resource query={mailboxes} name="The mailbox">
        {({ items }) => {
          const mailbox = items.find((each) => each.id === id);
          if (mailbox?.imap) return <MailboxEditor key={mailbox.id} mailbox={mailbox} />;
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

function MailboxEditor({ mailbox }: { mailbox?: MailboxView }) {
  const navigate = useNavigate();
  const create = useCreateMailbox();
  const change = useChangeMailbox();
  const verifySaved = useVerifyMailbox();
  const verifyUnsaved = useVerifyUnsavedMailbox();
  const [stored] = useState(() => (mailbox ? formOf(mailbox) : emptyForm));
  const [form, setForm] = useState(stored);
  const [isVerifyingSaved, setVerifyingSaved] = useState(false);
  const verify = isVerifyingSaved ? verifySaved : verifyUnsaved;
  const error = create.error ?? change.error;
  const isSaved = create.isSuccess || change.isSuccess;
  useUnsavedGuard(!isSaved && JSON.stringify(form) !== JSON.stringify(stored));

  useEffect(() => {
    if (isSaved) void navigate('/mailboxes');
  }, [isSaved, navigate]);

  const startVerify = () => {
    // Without the password only what is saved can be tried: the stored one never comes back to the page.
    const isSavedMeant = mailbox !== undefined && form.password === '';
    setVerifyingSaved(isSavedMeant);
    if (isSavedMeant) verifySaved.mutate(mailbox.id);
    else verifyUnsaved.mutate(bodyOf(form));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = () => notifyDone(mailbox ? 'Saved; it connects again' : 'Added; it connects now');
    if (mailbox) change.mutate({ id: mailbox.id, change: changeOf(form) }, { onSuccess });
    else create.mutate(bodyOf(form), { onSuccess });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Paper p="md" radius="md">
          <MailboxFields
            form={form}
            onChange={(part) => setForm((before) => ({ ...before, ...part }))}
            isNew={mailbox === undefined}
            folders={verify.data?.folders?.map((folder) => folder.path) ?? []}
          />
        </Paper>
        {(verify.isPending || verify.error || verify.data) && (
          <Paper p="md" radius="md">
            <VerifyReport verify={verify} />
          </Paper>
        )}
        {error && <ErrorNote error={error} title="Not saved" />}
        <Group justify="space-between">
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={16} />}
            loading={verify.isPending}
            disabled={form.host === '' || form.username === '' || (mailbox === undefined && form.password === '')}
            onClick={startVerify}
          >
            {mailbox && form.password === '' ? 'Verify what is saved' : 'Verify'}
          </Button>
          <Group gap="xs">
            <Button variant="default" component={Link} to="/mailboxes">
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending || change.isPending}>
              {mailbox ? 'Save' : 'Connect'}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
