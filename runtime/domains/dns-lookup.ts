import { Resolver } from 'node:dns/promises';
import { coerceError } from '../../schemas/errors.ts';

/** What the DNS says under a name; a lookup that failed says why, and nothing about what is there. */
type Answer = { values: string[] } | { failed: string };

export interface DnsLookup {
  /** Never rejects. */
  ask(type: 'MX' | 'TXT', name: string): Promise<Answer>;
}

const timeoutMs = 4_000;
const tries = 2;

/** These say that there is nothing; all others, that nobody knows. */
const nothingThere = new Set(['ENOTFOUND', 'ENODATA']);

/** Servers as `address:port`; none are those of the machine. */
export function createDnsLookup(servers: readonly string[] = []): DnsLookup {
  const resolver = new Resolver({ timeout: timeoutMs, tries });
  if (servers.length > 0) resolver.setServers(servers);

  async function values(type: 'MX' | 'TXT', name: string): Promise<string[]> {
    if (type === 'TXT') return (await resolver.resolveTxt(name)).map((chunks) => chunks.join(''));
    const hosts = await resolver.resolveMx(name);
    return hosts.sort((a, b) => a.priority - b.priority).map(({ priority, exchange }) => `${priority} ${exchange}`);
  }

  return {
    async ask(type, name) {
      try {
        return { values: await values(type, name) };
      } catch (thrown) {
        const error = coerceError(thrown);
        const code = String(Reflect.get(error, 'code') ?? '');
        return nothingThere.has(code) ? { values: [] } : { failed: code || error.message };
      }
    },
  };
}
