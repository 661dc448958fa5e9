import { Button, Group, Paper, Stack } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { OutboundMailboxView } from '../../../schemas/api/outbound-mailboxes.ts';
import {
  useChangeOutbound,
  useCreateOutbound,
  useVerifyOutbound,
  useVerifyUnsavedOutbound,
} from '../../api/outbound-mailboxes.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { useUnsavedGuard } from '../../shell/useUnsavedGuard.ts';
import { OutboundFields } from './OutboundFields.tsx';
import { emptyOutboundForm } from './outbound-form.ts';
import { outboundBodyOf, outboundChangeOf, outboundFormOf } from './outbound-requests.ts';
import { senderForms } from './senders/index.ts';
import { VerifyReport } from './VerifyReport.tsx';

interface OutboundEditorProps {
  /** The outbound mailbox to change; without, a new one is set up. */
  mailbox?: OutboundMailboxView;
  onSaved: () => void;
  onCancel: () => void;
}

/** A way out for mail: tried before it is saved, if the person wants. */
export function OutboundEditor({ mailbox, onSaved, onCancel }: OutboundEditorProps) {
  const create = useCreateOutbound();
  const change = useChangeOutbound();
  const verifySaved = useVerifyOutbound();
  const verifyUnsaved = useVerifyUnsavedOutbound();
  const [stored] = useState(() => (mailbox ? outboundFormOf(mailbox) : emptyOutboundForm));
  const [form, setForm] = useState(stored);
  const [isVerifyingSaved, setVerifyingSaved] = useState(false);
  const verify = isVerifyingSaved ? verifySaved : verifyUnsaved;
  const error = create.error ?? change.error;
  const isSaved = create.isSuccess || change.isSuccess;
  useUnsavedGuard(!isSaved && JSON.stringify(form) !== JSON.stringify(stored));

  const latest = useRef(onSaved);
  latest.current = onSaved;
  useEffect(() => {
    // Only once nothing is unsaved any more: leaving would ask otherwise.
    if (isSaved) latest.current();
  }, [isSaved]);

  // Without the password only what is saved can be tried: the stored one never comes back to the page.
  const triesSaved = mailbox !== undefined && form.password === '' && form.username !== '';
  const startVerify = () => {
    setVerifyingSaved(triesSaved);
    if (triesSaved) verifySaved.mutate(mailbox.id);
    else verifyUnsaved.mutate(outboundBodyOf(form));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const onSuccess = () => notifyDone(mailbox ? 'Saved; what waits is tried now' : 'Added');
    if (mailbox) change.mutate({ id: mailbox.id, change: outboundChangeOf(form) }, { onSuccess });
    else create.mutate(outboundBodyOf(form), { onSuccess });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Paper p="md" radius="md">
          <OutboundFields
            form={form}
            onChange={(part) => setForm((before) => ({ ...before, ...part }))}
            isNew={mailbox === undefined}
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
            disabled={form.name === '' || !senderForms[form.type].canTry(form)}
            onClick={startVerify}
          >
            {triesSaved ? 'Verify what is saved' : 'Verify'}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending || change.isPending}>
              {mailbox ? 'Save' : 'Add'}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
