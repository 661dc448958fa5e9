import { Resolver } from 'node:dns/promises';

/** Looks a record up as `node:dns` does; rejects as it does, with a `code`. */
export type Lookup = (name: string, type: string) => Promise<string[][] | string[]>;

const timeoutMs = 1_500;
const tries = 2;
/** Records hardly change within minutes; a newsletter asks for the same ones a thousand times. */
const keptMs = 5 * 60_000;
const keptNames = 2_000;
/** After so many questions in a row that nobody answered, nobody is asked for a while: mail must not wait for a DNS that is away. */
const silentInRow = 4;
const restMs = 30_000;

/** Codes of questions that stayed without an answer; all other failures are answers. */
const unanswered = new Set(['ETIMEOUT', 'ECONNREFUSED', 'EREFUSED', 'ESERVFAIL', 'ECANCELLED']);

/**
 * Lookups that are remembered, and given up soon where the DNS is away.
 *
 * @param servers as `address:port`; none are those of the machine.
 */
export function createLookup(servers: readonly string[], now: () => number = Date.now): Lookup {
  const resolver = new Resolver({ timeout: timeoutMs, tries });
  if (servers.length > 0) resolver.setServers(servers);
  const known = new Map<string, { answer: ReturnType<Lookup>; until: number }>();
  let silent = 0;
  let restsUntil = 0;

  async function ask(name: string, type: string): ReturnType<Lookup> {
    if (now() < restsUntil) throw Object.assign(new Error('The DNS gives no answer.'), { code: 'ETIMEOUT' });
    try {
      // Each type has a shape of its own; whoever asks for it knows it.
      const answer = (await resolver.resolve(name, type)) as string[][] | string[];
      silent = 0;
      return answer;
    } catch (thrown) {
      const isSilence = unanswered.has(String(Reflect.get(Object(thrown), 'code')));
      silent = isSilence ? silent + 1 : 0;
      if (silent >= silentInRow) restsUntil = now() + restMs;
      if (isSilence) known.delete(`${type} ${name}`);
      throw thrown;
    }
  }

  return (name, type) => {
    const key = `${type} ${name}`;
    const kept = known.get(key);
    if (kept !== undefined && kept.until > now()) return kept.answer;
    if (known.size >= keptNames) known.clear();
    const answer = ask(name, type);
    known.set(key, { answer, until: now() + keptMs });
    return answer;
  };
}
