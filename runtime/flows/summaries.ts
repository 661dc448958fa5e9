import type { Draft, FlowSummary } from '../../schemas/api/flows.ts';
import type { Flow } from '../../schemas/flow.ts';
import type { Entry } from './catalogue.ts';

/** What the list of flows shows, in order of their names; flows that are only drafts of the user included. */
export function summariesOf(entries: ReadonlyMap<string, Entry>, drafts: ReadonlyMap<string, Draft>): FlowSummary[] {
  const ids = new Set([...entries.keys(), ...drafts.keys()]);
  return [...ids]
    .map((id) => summaryOf(id, entries.get(id), drafts.get(id)))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en') || (a.id < b.id ? -1 : 1));
}

function summaryOf(id: string, entry: Entry | undefined, draft: Draft | undefined): FlowSummary {
  const flow = entry?.published?.flow;
  const { name, type, description, actions } = flow ?? drawn(draft?.document ?? {});
  return {
    id,
    name: name || id,
    type,
    description: description ?? '',
    version: entry?.published?.version ?? null,
    publishedAt: entry?.stored == null ? null : new Date(entry.stored.publishedAt).toISOString(),
    publishedBy: entry?.stored?.author ?? null,
    actions: Object.keys(actions).length,
    draft: draft?.updatedAt == null ? null : { updatedAt: draft.updatedAt, baseVersion: draft.baseVersion },
    issues: entry?.issues ?? [],
  };
}

/** A draft may be wrong in every way. */
function drawn({ name, type, description, actions }: Record<string, unknown>) {
  const kind: Flow['type'] = type === 'module' ? 'module' : 'inbound-email';
  return {
    name: typeof name === 'string' ? name : '',
    type: kind,
    description: typeof description === 'string' ? description : '',
    actions: typeof actions === 'object' && actions !== null ? actions : {},
  };
}
