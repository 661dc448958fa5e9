import type { Storage } from '../store/storage.ts';
import type { Store } from '../store/store.ts';
import type { Condition } from './alarms.ts';

/**
 * A disk that is nearly full, which is told while there is time to act, and one that cannot be written, which is trouble of its own. A disk can
 * fill up between two looks and have room again: a write that failed is told at the next look, however the disk stands then.
 *
 * @param deps.onTrouble called with the first write that fails since all was well.
 */
export function createStorageConditions(deps: {
  storage: Storage;
  store: Pick<Store, 'onTrouble'>;
  onTrouble: () => void;
}): () => Promise<Condition[]> {
  let failure: Error | undefined;
  deps.store.onTrouble((error) => {
    const isFirst = failure === undefined;
    failure = error;
    if (isFirst) deps.onTrouble();
  });

  return async () => {
    const trouble = await deps.storage.look();
    const conditions: Condition[] = [];
    const isWritable = trouble === null || trouble.state === 'low';
    const written = isWritable ? failure?.message : trouble.message;
    if (isWritable) failure = undefined;
    if (trouble?.state === 'low') conditions.push(condition('data', trouble.message));
    if (written !== undefined) conditions.push(condition('writing', written));
    return conditions;
  };
}

function condition(about: string, message: string): Condition {
  return { kind: 'storage', about, mailbox: null, message };
}
