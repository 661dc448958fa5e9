import type { Settings } from '../../schemas/settings.ts';
import type { Storage } from '../store/storage.ts';
import type { Store } from '../store/store.ts';
import type { Condition } from './alarms.ts';
import { createAuthorisationConditions } from './authorisation-conditions.ts';
import type { BreakerConditions } from './breaker-conditions.ts';
import { createDomainConditions } from './domain-conditions.ts';
import { createMailboxConditions } from './mailbox-conditions.ts';
import { createStorageConditions } from './storage-conditions.ts';

/** All that is wrong now and that looking finds out. */
export function createConditions(deps: {
  settings: { read(): Settings };
  mailboxes: Pick<Parameters<typeof createMailboxConditions>[0], 'status'>;
  authorisations: Pick<Parameters<typeof createAuthorisationConditions>[0], 'status'>;
  breakers: BreakerConditions;
  storage: Storage;
  store: Pick<Store, 'read' | 'onTrouble'>;
  /** Something has just gone wrong that a look would find. */
  onTrouble: () => void;
  clock: { now(): number };
}): () => Promise<Condition[]> {
  const { settings, store, clock, mailboxes, authorisations, breakers, storage } = deps;
  const ofMailboxes = createMailboxConditions({ settings, status: mailboxes.status, read: store.read, clock });
  const ofDomains = createDomainConditions({ settings });
  const ofAuthorisations = createAuthorisationConditions({ settings, status: authorisations.status, clock });
  const ofStorage = createStorageConditions({ storage, store, onTrouble: deps.onTrouble });
  return async () => [
    ...(await ofMailboxes()),
    ...ofAuthorisations(),
    ...breakers.conditions(),
    ...ofDomains(),
    ...(await ofStorage()),
  ];
}
