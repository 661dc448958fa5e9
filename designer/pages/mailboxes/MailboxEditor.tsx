import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import { useChangeMailbox, useCreateMailbox, useVerifyUnsavedMailbox } from '../../api/mailboxes.ts';
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
  /** Whether there is something to lose. */
  onUnsaved?: (isUnsaved: boolean) => void;
}

/** The connection of a mailbox: tried before it is saved, if the person wants. */
export function MailboxEditor({ mailbox, onSaved, onCancel, onUnsaved }: MailboxEditorProps) {
  const create = useCreateMailbox();
  const change = useChangeMailbox();
  const verify = useVerifyUnsavedMailbox();
  const [stored] = useState(() => (mailbox ? formOf(mailbox) : emptyForm));
  const [form, setForm] = useState(stored);
  // What is secret never comes back to the page: of a saved mailbox the server itself puts it in.
  const isComplete = sourceForms[form.type].isComplete(form);
  /** What was tried before saving and did not work: saving the same once more is meant. */
  const [failing, setFailing] = useState<string>();
  const shape = JSON.stringify(form);
  const isKnownToFail = failing === shape;
  const error = create.error ?? change.error;
  const saved = create.data ?? change.data;
  const isUnsaved = saved === undefined && shape !== JSON.stringify(stored);
  useUnsavedGuard(isUnsaved);
  useEffect(() => onUnsaved?.(isUnsaved), [onUnsaved, isUnsaved]);

  const latest = useRef(onSaved);
  latest.current = onSaved;
  useEffect(() => {
    // Only once nothing is unsaved any more: leaving would ask otherwise.
    if (saved !== undefined) latest.current(saved);
  }, [saved]);

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
            onChange={(part) => setForm((before) => ({ ...before, ...part }))}
            isNew={mailbox === undefined}
            folders={verify.data?.folders ?? []}
          />
        </Paper>
        {(verify.isPending || verify.error || verify.data) && (
          <Paper p="md" radius="md">
            <VerifyReport verify={verify} />
          </Paper>
        )}
        {isKnownToFail && !verify.isPending && (
          <Text size="sm" role="status">
            Nothing is saved yet: the server was tried and not all of it works. Mend it, or save it anyway.
          </Text>
        )}
        {error && <ErrorNote error={error} title="Not saved" />}
        <Group justify="space-between">
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={16} />}
            loading={verify.isPending}
            disabled={mailbox === undefined && !isComplete}
            onClick={() => void startVerify().catch(() => {})}
          >
            Verify
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={isKnownToFail ? 'orange' : undefined}
              loading={create.isPending || change.isPending}
              disabled={verify.isPending}
            >
              {`${mailbox ? 'Save' : 'Connect'}${isKnownToFail ? ' anyway' : ''}`}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
