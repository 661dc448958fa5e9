import type { Topic } from '../../schemas/api/system.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { HttpPort } from '../engine/ports.ts';
import type { Store } from '../store/store.ts';
import { type Alarms, createAlarms } from './alarms.ts';
import { createConditions } from './conditions.ts';
import { createWatch, type Watch } from './watch.ts';
import { createWebhook, type Webhook } from './webhook.ts';

type Looked = Omit<Parameters<typeof createConditions>[0], 'onTrouble' | 'store' | 'settings'>;

interface AlarmingDeps extends Looked {
  store: Pick<Store, 'read' | 'commit' | 'onTrouble'>;
  settings: { read(): Settings; open(sealed: string): string };
  http: HttpPort;
  log: Parameters<typeof createWebhook>[0]['log'] & Parameters<typeof createWatch>[0]['log'];
  onChange: (topic: Topic) => void;
}

/** What looks for trouble, keeps it and tells of it; start and stop `watch` and `webhook`. */
export function createAlarming(deps: AlarmingDeps): { alarms: Alarms; watch: Watch; webhook: Webhook } {
  const { store, settings, clock, log } = deps;
  const webhook = createWebhook(deps);
  const alarms = createAlarms({ ...deps, ...webhook, onAnnounced: webhook.wake });
  // A write that fails cannot wait for the next look.
  const conditions = createConditions({ ...deps, onTrouble: () => watch.wake() });
  const watch = createWatch({ alarms, store, conditions, mailboxes: () => settings.read().mailboxes, clock, log });
  return { alarms, watch, webhook };
}
