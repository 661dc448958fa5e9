import type { Storage } from '../store/storage.ts';
import type { Condition } from './alarms.ts';

/**
 * A disk that is nearly full is told while there is still room to write it down and to send it to the webhook: once it is full nothing can be
 * kept, and only pages, `/health/ready` and the log tell.
 */
export function createStorageConditions(storage: Storage): () => Promise<Condition[]> {
  return async () => {
    const trouble = await storage.look();
    return trouble === null ? [] : [{ kind: 'storage', about: 'data', mailbox: null, message: trouble.message }];
  };
}
