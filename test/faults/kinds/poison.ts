import { poisonousMail } from '../mails.ts';
import { between } from '../random.ts';
import type { FaultKind } from './kind.ts';

/** A mail that cannot be parsed, among good ones: it ends in quarantine, and holds up none of the others. */
export const poison: FaultKind = {
  name: 'poison',
  target: 'load',
  async strike(world, random) {
    const shape = between(random, 0, 2);
    await Promise.all(
      world.sources.map((source) => {
        const mail = world.account.register(source, { times: 1, ends: 'quarantined' });
        return source.put(world, poisonousMail(mail, shape), mail);
      }),
    );
    return `a mail ${['of 200 nested parts', 'with 5,000 header fields', 'of 3,000 parts'][shape]} by every source`;
  },
};
