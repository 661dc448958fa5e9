import { onTestFinished } from 'vitest';
import { createRetention } from '../../runtime/retention/retention.ts';
import type { Store } from '../../runtime/store/store.ts';
import type { RetentionCounts } from '../../schemas/api/retention.ts';
import { keepAll, type RetentionRules, usualRetention } from '../../schemas/retention.ts';

export const day = 86_400_000;

/** The rules on a store, at a time that the test says. */
export function retentionOf(store: Store, now: number) {
  const clock = { at: now, now: () => clock.at };
  const settings = { retention: usualRetention() };
  const noted: RetentionCounts[] = [];
  const logged: string[] = [];
  const retention = createRetention({
    store,
    settings: { read: () => settings },
    clock,
    note: async (removed) => void noted.push(removed),
    log: { info() {}, warn() {}, error: (_data, message) => void logged.push(message) },
  });
  onTestFinished(() => retention.stop());
  return {
    retention,
    clock,
    noted,
    logged,
    setRules(rules: Partial<RetentionRules>, changedAt = 0) {
      settings.retention = {
        ...settings.retention,
        rules: { ...keepAll(), ...rules },
        changedAt: new Date(changedAt).toISOString(),
      };
    },
    /** Has the rules carried out, whatever time it is; gives what they removed. */
    async removeNow() {
      await retention.begin('by-hand');
      await retention.runDue();
      return (await retention.view()).runs[0];
    },
  };
}
