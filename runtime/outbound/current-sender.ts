import type { Outbound, Settings } from '../../schemas/settings.ts';
import type { Sender } from './sender.ts';

/** The sender that the settings ask for, made anew when they change. */
export interface CurrentSender {
  /**
   * `fresh` is true the first time after a change: what was learnt about the way out before says nothing any more.
   * Throws what `senderFor` throws.
   */
  get(): { sender: Sender; fresh: boolean };
  close(): Promise<void>;
}

export function createCurrentSender(deps: {
  settings: { read(): Settings };
  senderFor: (outbound: Outbound | null) => Sender;
}): CurrentSender {
  let current: { outbound: Outbound | null; sender: Sender } | null = null;
  // Settings are replaced as a whole at any change; only what they say about the way out matters here.
  const isCurrent = (outbound: Outbound | null) =>
    current !== null &&
    (current.outbound === outbound || JSON.stringify(current.outbound) === JSON.stringify(outbound));

  return {
    get() {
      const { outbound } = deps.settings.read();
      if (current !== null && isCurrent(outbound)) return { sender: current.sender, fresh: false };
      const before = current;
      current = null;
      // Mails under way keep the connection that they have; only idle ones are closed.
      void before?.sender.close();
      current = { outbound, sender: deps.senderFor(outbound) };
      return { sender: current.sender, fresh: true };
    },
    async close() {
      await current?.sender.close();
      current = null;
    },
  };
}
