import { lostRecords } from '../../schemas/domain.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { Condition } from './alarms.ts';

const records: Readonly<Record<string, string>> = { mx: 'MX', spf: 'SPF', dmarc: 'DMARC' };

/** Domains whose DNS has lost records that were there. */
export function createDomainConditions(deps: { settings: { read(): Settings } }): () => Condition[] {
  return () =>
    deps.settings.read().domains.flatMap((domain) => {
      const lost = lostRecords(domain).map((key) => records[key] ?? `DKIM (${key.slice(key.indexOf(':') + 1)})`);
      if (lost.length === 0) return [];
      const state = domain.verifiedAt === undefined ? ' It counts as verified no more.' : '';
      const message = `The DNS of ${domain.name} has lost what was there, or it was changed: ${lost.join(', ')}.${state} Other servers may refuse what is sent from it. Publish it anew; the values are on the domain's page.`;
      return [{ kind: 'domain', about: domain.id, mailbox: null, message } as const];
    });
}
