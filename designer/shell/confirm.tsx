import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';

interface Question {
  title: string;
  /** What will be lost or sent, and what stays. */
  text: string;
  /** The verb on the button: "Delete". */
  yes: string;
  onYes: () => void;
  isDangerous?: boolean;
}

/** Asks before something cannot be taken back. */
export function confirm({ title, text, yes, onYes, isDangerous = true }: Question): void {
  modals.openConfirmModal({
    title,
    children: <Text size="md">{text}</Text>,
    labels: { confirm: yes, cancel: 'Cancel' },
    confirmProps: { color: isDangerous ? 'red' : undefined },
    onConfirm: onYes,
  });
}
