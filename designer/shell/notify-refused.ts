import { notifications } from '@mantine/notifications';

/** One sentence why a gesture was refused; the next refusal takes its place. */
export function notifyRefused(message: string): void {
  notifications.hide('refused');
  notifications.show({ id: 'refused', message, color: 'yellow', autoClose: 5_000, role: 'alert' });
}
