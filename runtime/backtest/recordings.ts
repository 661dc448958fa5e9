import type { Kysely } from 'kysely';
import type { SettingsOf } from '../../schemas/actions/index.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Run, Step } from '../../schemas/run.ts';
import type { Database } from '../store/database.ts';

type Settings = SettingsOf<'data-action'>;

/** A request that a mail's own run made, and what came of it. */
export interface Recording {
  settings: Settings;
  step: Step;
}

/** Settings of the data actions of one version, by task and action. */
type Asked = ReadonlyMap<string, Settings>;

/** Versions whose data actions are kept in memory: a backtest of 10,000 mails crosses a few. */
const maxVersions = 50;

/** Finds what the stored runs asked of services: the run knows the answers, the version that ran knows the requests. */
export function createRecordings(read: Kysely<Database>): (run: Run | null) => Promise<Recording[]> {
  const versions = new Map<string, Asked>();

  async function askedBy(flow: string, version: number): Promise<Asked> {
    const key = `${flow} ${version}`;
    const known = versions.get(key);
    if (known !== undefined) return known;
    const row = await read
      .selectFrom('flow_versions')
      .select('document')
      .where('flow', '=', flow)
      .where('version', '=', version)
      .executeTakeFirst();
    const asked = dataActionsOf(row === undefined ? null : JSON.parse(row.document));
    if (versions.size >= maxVersions) versions.clear();
    versions.set(key, asked);
    return asked;
  }

  return async (run) => {
    if (run === null || run.version === null) return [];
    const steps = run.steps.filter((step) => step.type === 'data-action' && step.outcome !== null);
    if (steps.length === 0) return [];
    const recordings: Recording[] = [];
    for (const step of steps) {
      // A step of a module was drawn in that one's version.
      const { flow = run.flow, version = run.version } = step;
      const settings =
        version === null ? undefined : (await askedBy(flow, version)).get(placeKey(step.task, step.action));
      if (settings !== undefined) recordings.push({ settings, step });
    }
    return recordings;
  };
}

function dataActionsOf(flow: Flow | null): Asked {
  const asked = new Map<string, Settings>();
  const sheets = flow === null ? [] : [[undefined, flow] as const, ...Object.entries(flow.tasks ?? {})];
  for (const [task, { actions }] of sheets) {
    for (const [id, action] of Object.entries(actions)) {
      if (action.type === 'data-action') asked.set(placeKey(task, id), action.settings);
    }
  }
  return asked;
}

function placeKey(task: string | undefined, action: string): string {
  return `${task ?? ''}/${action}`;
}
