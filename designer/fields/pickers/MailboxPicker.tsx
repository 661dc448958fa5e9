import { useMailboxes } from '../../api/mailboxes.ts';
import { useMay } from '../../api/session.ts';
import { MailboxEditor } from '../../pages/mailboxes/MailboxEditor.tsx';
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
          ? ({ onClose, onCreated }) => (
              // What was typed is not lost to a click beside it.
              <Dialog onClose={onClose} title="Connect a mailbox" size="lg" closeOnClickOutside={false}>
                <MailboxEditor onSaved={(saved) => onCreated(saved[by])} onCancel={onClose} />
              </Dialog>
            )
          : undefined
      }
    />
  );
}
