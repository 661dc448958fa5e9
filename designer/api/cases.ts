import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CaseBody, CaseEntry, CaseProposal, Cases, CasesRun, NewCaseBody } from '../../schemas/api/cases.ts';
import type { TryBody } from '../../schemas/api/try.ts';
import { api, path } from './client.ts';

const casesKey = (flow: string) => ['flows', flow, 'cases'] as const;

export function useCases(flow: string) {
  return useQuery({
    queryKey: casesKey(flow),
    queryFn: ({ signal }) => api.get<Cases>(path`/api/flows/${flow}/cases`, { signal }),
  });
}

/** Runs the cases against a document. */
export function runCases(flow: string, document: unknown, signal: AbortSignal): Promise<CasesRun> {
  return api.post<CasesRun>(path`/api/flows/${flow}/cases/run`, { document }, { signal });
}

/** A tried mail as a case that passes now; nothing is kept yet. */
export function proposeCase(flow: string, body: TryBody, signal: AbortSignal): Promise<CaseProposal> {
  return api.post<CaseProposal>(path`/api/flows/${flow}/cases/propose`, body, { signal });
}

export function useCreateCase(flow: string) {
  return useCaseChange(flow, (body: NewCaseBody) => api.post<CaseEntry>(path`/api/flows/${flow}/cases`, body));
}

/** A 409 means that somebody changed the case meanwhile. */
export function useUpdateCase(flow: string) {
  return useCaseChange(flow, ({ name, ...body }: CaseBody & { name: string }) =>
    api.put<CaseEntry>(path`/api/flows/${flow}/cases/${name}`, body),
  );
}

export function useRenameCase(flow: string) {
  return useCaseChange(flow, ({ from, to }: { from: string; to: string }) =>
    api.post<CaseEntry>(path`/api/flows/${flow}/cases/${from}/rename`, { name: to }),
  );
}

export function useDeleteCase(flow: string) {
  return useCaseChange(flow, (name: string) => api.delete(path`/api/flows/${flow}/cases/${name}`));
}

/** Where the mail of a case can be downloaded. */
export function caseMailUrl(flow: string, name: string): string {
  return path`/api/flows/${flow}/cases/${name}/mail`;
}

function useCaseChange<B, R>(flow: string, mutationFn: (body: B) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries({ queryKey: casesKey(flow) }) });
}
