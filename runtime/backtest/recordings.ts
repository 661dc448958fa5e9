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

/** Settings of the data actions of one version, by action. */
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
    const asked = await askedBy(run.flow, run.version);
    return steps.flatMap((step) => {
      const settings = asked.get(step.action);
      return settings === undefined ? [] : [{ settings, step }];
    });
  };
}

function dataActionsOf(flow: Flow | null): Asked {
  const asked = new Map<string, Settings>();
  for (const [id, action] of Object.entries(flow?.actions ?? {})) {
    if (action.type === 'data-action') asked.set(id, action.settings);
  }
  return asked;
}
