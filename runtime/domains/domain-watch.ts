import { type Domain, isReserved } from '../../schemas/domain.ts';
import { coerceError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';
import { checkDomain, enterCheck } from './check-domain.ts';
import type { DnsLookup } from './dns-lookup.ts';

const minuteMs = 60_000;
const passMs = minuteMs;
const usualMs = 60 * minuteMs;
/** What is missing for the first time, or was not answered, is looked at again soon. */
const doubtMs = 10 * minuteMs;

/** Looks the records of all domains up every hour, so that what vanishes is known before mail comes back. */
export interface DomainWatch {
  start(): void;
  stop(): Promise<void>;
  /** Checks those that are due; resolves when what was found is stored. */
  pass(): Promise<void>;
}

export function createDomainWatch(deps: {
  settings: { read(): Settings; update(change: (draft: Settings) => void): Promise<Settings> };
  dns: DnsLookup;
  clock: { now(): number };
  log: { warn(data: object, message: string): void };
}): DomainWatch {
  const { settings, clock } = deps;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let passing: Promise<void> = Promise.resolve();

  async function pass(): Promise<void> {
    const now = clock.now();
    const due = settings.read().domains.filter((domain) => !isReserved(domain.name) && nextCheck(domain) <= now);
    for (const domain of due) {
      if (stopping) return;
      // One after the other: hundreds of questions at once look like an attack to a resolver.
      const check = await checkDomain(domain, deps.dns, clock.now());
      await settings.update((draft) => {
        const present = draft.domains.find(({ id }) => id === domain.id);
        // A person who looked meanwhile knows better.
        if (present?.check?.at === domain.check?.at && present !== undefined) enterCheck(present, check, 'clock');
      });
    }
  }

  const tick = () => {
    passing = pass()
      .catch((thrown: unknown) => deps.log.warn({ error: coerceError(thrown) }, 'Domains could not be checked'))
      .finally(() => {
        if (!stopping) timer = setTimeout(tick, passMs).unref();
      });
  };

  return {
    pass,
    start() {
      timer = setTimeout(tick, passMs).unref();
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await passing;
    },
  };
}

function nextCheck({ check, missed = {} }: Domain): number {
  if (check === undefined) return 0;
  const isDoubtful =
    check.records.some(({ state }) => state === 'unknown') || Object.values(missed).some((misses) => misses === 1);
  return Date.parse(check.at) + (isDoubtful ? doubtMs : usualMs);
}
