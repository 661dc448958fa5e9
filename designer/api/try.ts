import type { TryBody, TryResult } from '../../schemas/api/try.ts';
import { api, path } from './client.ts';

/** Runs a document on a mail; nothing is sent or kept. Data actions call out unless `body.answers` says otherwise. */
export function tryFlow(id: string, body: TryBody, signal: AbortSignal): Promise<TryResult> {
  return api.post<TryResult>(path`/api/flows/${id}/try`, body, { signal });
}
