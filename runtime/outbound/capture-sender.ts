import type { Sender } from './sender.ts';

/** The way out where none is configured: the outbox shows the mail as `captured`, and nothing leaves the house. */
export function createCaptureSender(): Sender {
  return {
    kind: 'capture',
    send: async () => ({ state: 'sent', response: '' }),
    close: async () => {},
  };
}
