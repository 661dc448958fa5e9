import { ordinaryMail } from '../mails.ts';
import type { FaultKind } from './kind.ts';

/**
 * The same bytes under the same Message-ID twice, by every source. In a mailbox they stand twice, and are two mails; what a client of the
 * receiver says twice is one.
 */
export const duplicateDelivery: FaultKind = {
  name: 'duplicate-delivery',
  target: 'load',
  async strike(world) {
    await Promise.all(
      world.sources.map(async (source) => {
        const mail = world.account.register(source, { times: source.repeated === 'is a mail of its own' ? 2 : 1 });
        const raw = ordinaryMail(mail);
        await source.put(world, raw, mail);
        await source.put(world, raw, mail);
      }),
    );
    return 'one mail twice by every source';
  },
};
