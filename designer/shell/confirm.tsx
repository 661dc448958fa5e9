import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';

interface Question {
  title: string;
  /** What will be lost or sent, and what stays. */
  text: string;
  /** The verb on the button: "Delete". */
  yes: string;
  onYes: () => void;
  onNo?: () => void;
  /** "Cancel" unless said otherwise. */
  no?: string;
}

/** Asks before something cannot be taken back. Escape and a click beside it mean no. */
export function confirm({ title, text, yes, onYes, onNo, no = 'Cancel' }: Question): void {
  let isConfirmed = false;
  const id = modals.openConfirmModal({
    title,
    children: <Text size="md">{text}</Text>,
    labels: { confirm: yes, cancel: no },
    confirmProps: { color: 'red' },
    closeOnConfirm: false,
    onConfirm: () => {
      isConfirmed = true;
      modals.close(id);
      onYes();
    },
    onClose: () => {
      if (!isConfirmed) onNo?.();
    },
  });
}
