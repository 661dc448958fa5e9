import { useState } from 'react';
import type { MailboxView } from '../../../schemas/api/mailboxes.ts';
import { useMailboxes } from '../../api/mailboxes.ts';
import { useMay } from '../../api/session.ts';
import { MailboxEditor } from '../../pages/mailboxes/MailboxEditor.tsx';
import { confirm } from '../../shell/confirm.tsx';
import { Dialog } from '../../shell/Dialog.tsx';
import { EntryPicker, type PickerProps } from './EntryPicker.tsx';

interface MailboxPickerProps extends PickerProps {
  /** What of the mailbox is the value. */
  by?: 'id' | 'name' | 'address';
}

/** A mailbox by name or address; a new one is connected on the spot by those who may. */
export function MailboxPicker({ by = 'id', ...props }: MailboxPickerProps) {
  const mailboxes = useMailboxes().data?.items ?? [];
  const mayCreate = useMay('settings');
  const entries = mailboxes.map((mailbox) => ({
    id: mailbox[by],
    name: by === 'address' ? mailbox.address : mailbox.name,
    detail: by === 'address' ? mailbox.name : mailbox.address,
  }));
  return (
    <EntryPicker
      {...props}
      noun="mailbox"
      // The built-in receiver has no address, and two mailboxes may share one.
      entries={[...new Map(entries.filter(({ id }) => id !== '').map((entry) => [entry.id, entry])).values()]}
      create={
        mayCreate
          ? ({ onClose, onCreated }) => <ConnectDialog onClose={onClose} onSaved={(saved) => onCreated(saved[by])} />
          : undefined
      }
    />
  );
}

interface ConnectDialogProps {
  onClose: () => void;
  onSaved: (mailbox: MailboxView) => void;
}

/** What was typed is lost neither to a click beside it nor, unasked, to Escape. */
function ConnectDialog({ onClose, onSaved }: ConnectDialogProps) {
  const [isUnsaved, setIsUnsaved] = useState(false);
  const close = () => {
    if (!isUnsaved) return onClose();
    confirm({
      title: 'Close without connecting?',
      text: 'What you entered is lost.',
      yes: 'Close',
      onYes: onClose,
      no: 'Go on',
    });
  };
  return (
    <Dialog onClose={close} title="Connect a mailbox" size="lg" closeOnClickOutside={false}>
      <MailboxEditor onSaved={onSaved} onCancel={close} onUnsaved={setIsUnsaved} />
    </Dialog>
  );
}
