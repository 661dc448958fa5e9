import { Button, Paper, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { OutboundMailboxView } from '../../../schemas/api/outbound-mailboxes.ts';
import {
  useChangeOutbound,
  useCreateOutbound,
  useVerifyOutbound,
  useVerifyUnsavedOutbound,
} from '../../api/outbound-mailboxes.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { usePageForm } from '../../shell/form/usePageForm.ts';
import { notifyDone } from '../../shell/notify.ts';
import { OutboundFields } from './OutboundFields.tsx';
import { emptyOutboundForm } from './outbound-form.ts';
import { outboundBodyOf, outboundChangeOf, outboundFormOf } from './outbound-requests.ts';
import { senderForms } from './senders/index.ts';
import { VerifyBar } from './VerifyBar.tsx';
import { VerifyPanel } from './VerifyPanel.tsx';

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
  const saved = create.data ?? change.data;
  const { value: form, change: onChange } = usePageForm({
    start: () => (mailbox ? outboundFormOf(mailbox) : emptyOutboundForm),
    saved,
    onSaved,
  });
  const [isVerifyingSaved, setVerifyingSaved] = useState(false);
  const verify = isVerifyingSaved ? verifySaved : verifyUnsaved;
  const error = create.error ?? change.error;

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
          <OutboundFields form={form} onChange={onChange} isNew={mailbox === undefined} />
        </Paper>
        <VerifyPanel verify={verify} />
        {error && <ErrorNote error={error} title="Not saved" />}
        <VerifyBar
          label={triesSaved ? 'Verify what is saved' : 'Verify'}
          isVerifying={verify.isPending}
          isDisabled={form.name === '' || !senderForms[form.type].canTry(form)}
          onVerify={startVerify}
          onCancel={onCancel}
        >
          <Button type="submit" loading={create.isPending || change.isPending}>
            {mailbox ? 'Save' : 'Add'}
          </Button>
        </VerifyBar>
      </Stack>
    </form>
  );
}
