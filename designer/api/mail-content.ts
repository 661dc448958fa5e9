import { useMutation, useQuery } from '@tanstack/react-query';
import type { InlinePictures, RemotePictures } from '../../schemas/api/mail-content.ts';
import { api, path } from './client.ts';

/** Where an attachment can be downloaded; `place` counts from 0. */
export function attachmentUrl(id: string, place: number): string {
  return path`/api/interactions/${id}/attachments/${place}`;
}

/** The pictures inside a mail. Asked for only where its HTML shows some. */
export function useInlinePictures(id: string | undefined, isShown: boolean) {
  return useQuery({
    queryKey: ['mail-content', 'inline-pictures', id],
    enabled: id !== undefined && isShown,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api.get<InlinePictures>(path`/api/interactions/${id ?? ''}/inline-pictures`, { signal }),
  });
}

/** Has the server load the pictures that a mail shows from elsewhere. */
export function useRemotePictures(id: string | undefined) {
  return useMutation({
    mutationFn: () => api.post<RemotePictures>(path`/api/interactions/${id ?? ''}/remote-pictures`, {}),
  });
}
