import type { ReferenceKind } from '../../schemas/references.ts';
import { referencesOf } from '../../schemas/references.ts';
import type { Services } from './services.ts';

/** A published flow, as pages name and link it. */
interface FlowName {
  id: string;
  name: string;
}

type Needed = Pick<Services['flows'], 'list' | 'published'>;

/** For each queue, list, schedule or skill that published flows name, which flows do. Nobody's drafts are asked for: only what runs counts. */
export async function usesBy(flows: Needed, kind: ReferenceKind): Promise<ReadonlyMap<string, FlowName[]>> {
  const uses = new Map<string, FlowName[]>();
  for (const { id, name } of await flows.list('')) {
    const flow = flows.published(id)?.flow;
    if (flow === undefined) continue;
    for (const named of referencesOf(flow)[kind]) {
      const users = uses.get(named) ?? [];
      users.push({ id, name });
      uses.set(named, users);
    }
  }
  return uses;
}

/** Names of the published flows that use one of them. */
export async function flowsUsing(flows: Needed, kind: ReferenceKind, named: string): Promise<string[]> {
  return ((await usesBy(flows, kind)).get(named) ?? []).map(({ name }) => name);
}
