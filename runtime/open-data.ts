import { join } from 'node:path';
import type { Topic } from '../schemas/api/system.ts';
import { checkFlow } from '../schemas/check-flow.ts';
import { knownOf } from '../schemas/known-of.ts';
import type { CheckFlow } from './flows/check-flow-port.ts';
import { createFlows, type Flows } from './flows/flows.ts';
import { addSampleFlow } from './flows/sample.ts';
import type { Logger } from './http/services.ts';
import type { KeyPhrases } from './settings/secrets.ts';
import { openSettings, type SettingsStore } from './settings/settings.ts';
import { openStore, type Store } from './store/store.ts';
import { workInFolder } from './work-in-folder.ts';

interface DataPlace extends KeyPhrases {
  dataFolder: string;
  flowsFolder: string;
  /** File of the flow that a first start publishes if there is none. */
  sampleFlow: string;
}

/** What this installation knows, as it lies on disk. */
export interface OpenedData {
  /** The database. */
  file: string;
  store: Store;
  settings: SettingsStore;
  flows: Flows;
}

/**
 * Opens the database, the settings and the flows; none stays open where one cannot be.
 *
 * @throws UserError `data-in-use`, `data-corrupt`, `data-newer`, `settings-…`; OperationalError `store-unavailable`, `folder-unusable`.
 */
export async function openData(
  place: DataPlace,
  { clock, log, onChange }: { clock: { now(): number }; log: Logger; onChange: (topic: Topic) => void },
): Promise<OpenedData> {
  const { dataFolder, flowsFolder } = place;
  const file = join(dataFolder, 'sluice.db');
  const store = await openStore(file, log);
  try {
    const settings = await workInFolder(dataFolder, 'SLUICE_DATA', () => openSettings(dataFolder, place));
    const check: CheckFlow = (document, modules) => checkFlow(document, { ...knownOf(settings.read()), modules });
    const flows = createFlows({ store, folder: flowsFolder, check, log, clock, onChange });
    await workInFolder(flowsFolder, 'SLUICE_FLOWS', async () => {
      if (settings.isFirstStart) await addSampleFlow(flowsFolder, place.sampleFlow);
      await flows.load();
    });
    return { file, store, settings, flows };
  } catch (error) {
    await store.close();
    throw error;
  }
}
