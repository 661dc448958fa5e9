import { delay } from './kinds/kind.ts';
import { ordinaryMail } from './mails.ts';
import { seeded } from './random.ts';
import type { World } from './world.ts';

/** So many ordinary mails by every source, spread over the time; resolves when all have been put in. */
export async function putLoad(
  world: World,
  options: { mailsPerSource: number; ms: number; seed: number },
): Promise<void> {
  const { mailsPerSource, ms, seed } = options;
  const pause = ms / mailsPerSource;
  await Promise.all(
    world.sources.map(async (source, place) => {
      const random = seeded(seed + place);
      const under: Promise<void>[] = [];
      for (let count = 0; count < mailsPerSource; count += 1) {
        await delay(pause * 2 * random());
        const mail = world.account.register(source, { times: 1 });
        const putting = source.put(world, ordinaryMail(mail), mail);
        putting.catch(() => {});
        under.push(putting);
        // Clients wait for nobody, but a server that is away must not be met by all of them at once.
        if (under.length >= 5) await under.shift();
      }
      await Promise.all(under);
    }),
  );
}
