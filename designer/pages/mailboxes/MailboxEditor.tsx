import { Button, Group, Paper, Stack } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import { useChangeMailbox, useCreateMailbox, useVerifyMailbox, useVerifyUnsavedMailbox } from '../../api/mailboxes.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { useUnsavedGuard } from '../../shell/useUnsavedGuard.ts';
import { MailboxFields } from './MailboxFields.tsx';
import { bodyOf, changeOf, emptyForm, formOf } from './mailbox-requests.ts';
import { sourceForms } from './sources/index.ts';
import { VerifyReport } from './VerifyReport.tsx';

interface MailboxEditorProps {
  /** The mailbox to change; a new one is connected without. */
  mailbox?: MailboxView;
  /** It is stored, as the server has it now. */
  onSaved: (mailbox: MailboxView) => void;
  onCancel: () => void;
}

/** The connection of a mailbox: tried before it is saved, if the person wants. */
export function MailboxEditor({ mailbox, onSaved, onCancel }: MailboxEditorProps) {
  const create = useCreateMailbox();
  const change = useChangeMailbox();
  const verifySaved = useVerifyMailbox();
  const verifyUnsaved = useVerifyUnsavedMailbox();
  const [stored] = useState(() => (mailbox ? formOf(mailbox) : emptyForm));
  const [form, setForm] = useState(stored);
  const [isVerifyingSaved, setVerifyingSaved] = useState(false);
  const verify = isVerifyingSaved ? verifySaved : verifyUnsaved;
  // What is secret never comes back to the page: without it only what is saved can be tried.
  const isComplete = sourceForms[form.type].isComplete(form);
  const error = create.error ?? change.error;
  const saved = create.data ?? change.data;
  useUnsavedGuard(saved === undefined && JSON.stringify(form) !== JSON.stringify(stored));

  const latest = useRef(onSaved);
  latest.current = onSaved;
  useEffect(() => {
    // Only once nothing is unsaved any more: leaving would ask otherwise.
    if (saved !== undefined) latest.current(saved);
  }, [saved]);

  const startVerify = () => {
    const isSavedMeant = mailbox !== undefined && !isComplete;
    setVerifyingSaved(isSavedMeant);
    if (isSavedMeant) verifySaved.mutate(mailbox.id);
    else verifyUnsaved.mutate(bodyOf(form));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // As a dialog it may stand inside another form, as React sees it.
    event.stopPropagation();
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
            disabled={mailbox === undefined && !isComplete}
            onClick={startVerify}
          >
            {mailbox && !isComplete ? 'Verify what is saved' : 'Verify'}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onCancel}>
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
