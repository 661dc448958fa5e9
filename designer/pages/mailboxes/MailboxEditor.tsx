import { Button, Paper, Stack, Text } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import { useChangeMailbox, useCreateMailbox, useVerifyUnsavedMailbox } from '../../api/mailboxes.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { usePageForm } from '../../shell/form/usePageForm.ts';
import { notifyDone } from '../../shell/notify.ts';
import { MailboxFields } from './MailboxFields.tsx';
import { bodyOf, changeOf, emptyForm, formOf } from './mailbox-requests.ts';
import { sourceForms } from './sources/index.ts';
import { VerifyBar } from './VerifyBar.tsx';
import { VerifyPanel } from './VerifyPanel.tsx';

interface MailboxEditorProps {
  /** The mailbox to change; a new one is connected without. */
  mailbox?: MailboxView;
  /** It is stored, as the server has it now. */
  onSaved: (mailbox: MailboxView) => void;
  onCancel: () => void;
  /** Whether there is something to lose. */
  onUnsaved?: (isUnsaved: boolean) => void;
}

/** The connection of a mailbox: tried before it is saved, if the person wants. */
export function MailboxEditor({ mailbox, onSaved, onCancel, onUnsaved }: MailboxEditorProps) {
  const create = useCreateMailbox();
  const change = useChangeMailbox();
  const verify = useVerifyUnsavedMailbox();
  const saved = create.data ?? change.data;
  const {
    value: form,
    change: onChange,
    isUnsaved,
  } = usePageForm({ start: () => (mailbox ? formOf(mailbox) : emptyForm), saved, onSaved });
  useEffect(() => onUnsaved?.(isUnsaved), [onUnsaved, isUnsaved]);
  // What is secret never comes back to the page: of a saved mailbox the server itself puts it in.
  const isComplete = sourceForms[form.type].isComplete(form);
  /** What was tried before saving and did not work: saving the same once more is meant. */
  const [failing, setFailing] = useState<string>();
  const shape = JSON.stringify(form);
  const isKnownToFail = failing === shape;
  const error = create.error ?? change.error;

  const startVerify = () =>
    verify.mutateAsync(mailbox ? { id: mailbox.id, change: changeOf(form) } : { body: bodyOf(form) });
  const save = () => {
    const onSuccess = (now: MailboxView) => {
      if (now.enabled) notifyDone(mailbox ? 'Saved; it connects again' : 'Added; it connects now');
      else notifyDone(mailbox ? 'Saved' : 'Added. It takes mail once a route leads from it, or it is switched on');
    };
    if (mailbox) change.mutate({ id: mailbox.id, change: changeOf(form) }, { onSuccess });
    else create.mutate(bodyOf(form), { onSuccess });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // As a dialog it may stand inside another form, as React sees it.
    event.stopPropagation();
    if (isKnownToFail) return save();
    const report = await startVerify().catch(() => undefined);
    if (report?.ok) save();
    else setFailing(shape);
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Paper p="md" radius="md">
          <MailboxFields
            form={form}
            onChange={onChange}
            isNew={mailbox === undefined}
            folders={verify.data?.folders ?? []}
          />
        </Paper>
        <VerifyPanel verify={verify} />
        {isKnownToFail && !verify.isPending && (
          <Text size="sm" role="status">
            Nothing is saved yet: the server was tried and not all of it works. Mend it, or save it anyway.
          </Text>
        )}
        {error && <ErrorNote error={error} title="Not saved" />}
        <VerifyBar
          isVerifying={verify.isPending}
          isDisabled={mailbox === undefined && !isComplete}
          onVerify={() => void startVerify().catch(() => {})}
          onCancel={onCancel}
        >
          <Button
            type="submit"
            color={isKnownToFail ? 'orange' : undefined}
            loading={create.isPending || change.isPending}
            disabled={verify.isPending}
          >
            {`${mailbox ? 'Save' : 'Connect'}${isKnownToFail ? ' anyway' : ''}`}
          </Button>
        </VerifyBar>
      </Stack>
    </form>
  );
}
