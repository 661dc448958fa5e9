import { queryOptions, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  Draft,
  DraftBody,
  DraftNotices,
  Flows,
  FlowVersion,
  History,
  Modules,
  NewFlowBody,
  PublishBody,
  PublishResult,
  Versions,
} from '../../schemas/api/flows.ts';
import type { Flow } from '../../schemas/flow.ts';
import { type DrawnPlace, mainSheet } from '../../schemas/sheet.ts';
import { api, path } from './client.ts';

const flowsKey = ['flows'] as const;
const listKey = ['flows', 'list'] as const;
/** Apart from the topic `flows`: a live event must not replace a document that is being edited. */
const draftKey = (id: string) => ['drafts', id] as const;

export function useFlows() {
  return useQuery({ queryKey: listKey, queryFn: ({ signal }) => api.get<Flows>('/api/flows', { signal }) });
}

/** What may be called as a module. */
export function useModules() {
  return useQuery({
    queryKey: [...flowsKey, 'modules'],
    queryFn: ({ signal }) => api.get<Modules>('/api/modules', { signal }),
  });
}

export function useCreateFlow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewFlowBody) => api.post<Draft>('/api/flows', body),
    onSuccess: () => client.invalidateQueries({ queryKey: flowsKey }),
  });
}

/** A document as a new flow's draft. */
export function useImportFlow() {
  const client = useQueryClient();
  return useMutation({
    async mutationFn({ flow }: { flow: Flow }) {
      const { revision } = await api.post<Draft>('/api/flows', { id: flow.id, name: flow.name });
      return api.put<Draft>(path`/api/flows/${flow.id}/draft`, { document: flow, revision });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: flowsKey }),
  });
}

/** The caller's draft, or what is published while there is none. Read once: the editor is the owner from then on. */
export function useDraft(id: string) {
  return useQuery({
    queryKey: draftKey(id),
    staleTime: Number.POSITIVE_INFINITY,
    // Another visit to the editor must start from what is stored, not from what an earlier visit read.
    gcTime: 0,
    queryFn: ({ signal }) => api.get<Draft>(path`/api/flows/${id}/draft`, { signal }),
  });
}

/** The draft as the server has it now, beside the one that is being edited. */
export function useStoredDraft(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ['stored-draft', id],
    enabled,
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => api.get<Draft>(path`/api/flows/${id}/draft`, { signal }),
  });
}

/** Who has a draft of the flow. */
export function useDraftNotices(id: string) {
  return useQuery({
    queryKey: ['flows', id, 'drafts'],
    queryFn: ({ signal }) => api.get<DraftNotices>(path`/api/flows/${id}/drafts`, { signal }),
  });
}

/** The draft as it is stored now, for pages that only read it. */
export function useLatestDraft(id: string) {
  return useQuery({
    queryKey: [...draftKey(id), 'latest'],
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => api.get<Draft>(path`/api/flows/${id}/draft`, { signal }),
  });
}

/** A 409 (`ApiError.status`) means that another tab saved meanwhile. */
export function useSaveDraft(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DraftBody) => api.put<Draft>(path`/api/flows/${id}/draft`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
}

export function useDiscardDraft(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(path`/api/flows/${id}/draft`),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: draftKey(id) }),
        client.invalidateQueries({ queryKey: flowsKey }),
      ]),
  });
}

/** A 409 means that somebody else published meanwhile; a 4xx with `issues` that the checks said no. */
export function usePublishFlow(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PublishBody) => api.post<PublishResult>(path`/api/flows/${id}/publish`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: flowsKey }),
  });
}

export function useVersions(id: string) {
  return useQuery({
    queryKey: ['flows', id, 'versions'],
    queryFn: ({ signal }) => api.get<Versions>(path`/api/flows/${id}/versions`, { signal }),
  });
}

/** Versions, and commits from before this server knew the flow, newest first. */
export function useHistory(id: string) {
  return useQuery({
    queryKey: ['flows', id, 'history'],
    queryFn: ({ signal }) => api.get<History>(path`/api/flows/${id}/history`, { signal }),
  });
}

function flowVersionQuery(id: string | null, version: number | null) {
  return queryOptions({
    queryKey: ['flow-versions', id, version],
    enabled: id !== null && version !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api.get<FlowVersion>(path`/api/flows/${id ?? ''}/versions/${version ?? 0}`, { signal }),
  });
}

/** One published version with its document; versions never change, so it is read once. */
export function useFlowVersion(id: string | null, version: number | null) {
  return useQuery(flowVersionQuery(id, version));
}

/** The name that a task of a module had in the version that ran; its id where that is unknown or not loaded yet. */
export function useTaskNames(places: readonly DrawnPlace[]): (place: DrawnPlace) => string {
  const inTasks = places.filter(({ sheet, version }) => sheet !== mainSheet && version !== null);
  const modules = [...new Map(inTasks.map(({ flow, version }) => [`${flow} ${version}`, { flow, version }])).values()];
  const loaded = useQueries({ queries: modules.map(({ flow, version }) => flowVersionQuery(flow, version)) });
  return ({ flow, version, sheet }) => {
    const at = modules.findIndex((each) => each.flow === flow && each.version === version);
    return loaded[at]?.data?.document.tasks?.[sheet ?? '']?.name || (sheet ?? '');
  };
}
