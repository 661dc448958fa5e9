import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { messageOf } from './ErrorNote.tsx';

export function notifyDone(message: string): void {
  notifications.show({ message, color: 'green' });
}

/** Errors stay until they are read. */
export function notifyError(error: unknown, title = 'That did not work'): void {
  notifications.show({ title, message: messageOf(error), color: 'red', autoClose: false, role: 'alert' });
}

/** Closes what is shown and what waits to be shown, questions too. */
export function forgetNotes(): void {
  notifications.clean();
  modals.closeAll();
}
