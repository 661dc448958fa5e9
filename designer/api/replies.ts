import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type {
  Replies,
  ReplyBody,
  ReplyDraftBody,
  ReplyFiles,
  ReplyStart,
  SentReply,
} from '../../schemas/api/replies.ts';
import { api, path } from './client.ts';

const startKey = (id: string) => ['interactions', 'reply', id] as const;

/** What a reply to a mail begins with, the own draft included. */
export function useReplyStart(id: string, enabled: boolean) {
  return useQuery({
    queryKey: startKey(id),
    enabled,
    queryFn: ({ signal }) => api.get<ReplyStart>(path`/api/interactions/${id}/reply`, { signal }),
  });
}

/** What people answered in the conversation of a mail; followed closely while one of them waits to leave. */
export function useReplies(id: string) {
  return useQuery({
    queryKey: ['outbox', 'replies', id],
    queryFn: ({ signal }) => api.get<Replies>(path`/api/interactions/${id}/replies`, { signal }),
  });
}

/** Keeps a draft; a box that is opened anew begins with it. */
export function useSaveReplyDraft(id: string) {
  const client = useQueryClient();
  return useCallback(
    async (draft: ReplyDraftBody) => {
      await api.put(path`/api/interactions/${id}/reply-draft`, draft);
      const kept = { ...draft, savedAt: new Date().toISOString() };
      client.setQueryData<ReplyStart>(startKey(id), (start) => start && { ...start, draft: kept });
    },
    [id, client],
  );
}

export function useDiscardReplyDraft(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(path`/api/interactions/${id}/reply-draft`),
    onSuccess: () =>
      client.setQueryData<ReplyStart>(startKey(id), (start) => start && { ...start, files: [], draft: null }),
  });
}

/** Sends files one after the other, and keeps those that were taken where one is refused. */
export function useAttachToReply(id: string) {
  const setFiles = useSetReplyFiles(id);
  return useMutation({
    async mutationFn(files: readonly File[]) {
      for (const file of files) {
        const { name, type } = file;
        setFiles(await api.upload<ReplyFiles>(path`/api/interactions/${id}/reply-files`, file, { name, type }));
      }
    },
  });
}

export function useDetachFromReply(id: string) {
  const setFiles = useSetReplyFiles(id);
  return useMutation({
    mutationFn: (file: string) => api.delete<ReplyFiles>(path`/api/interactions/${id}/reply-files/${file}`),
    onSuccess: setFiles,
  });
}

function useSetReplyFiles(id: string) {
  const client = useQueryClient();
  return ({ items }: ReplyFiles) =>
    client.setQueryData<ReplyStart>(startKey(id), (start) => start && { ...start, files: items });
}

export function useSendReply(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ReplyBody) => api.post<SentReply>(path`/api/interactions/${id}/replies`, body),
    onSuccess: () =>
      client.setQueryData<ReplyStart>(startKey(id), (start) => start && { ...start, files: [], draft: null }),
    onSettled: () => everythingOf(client),
  });
}

export function useTakeBackReply() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ interaction, id }: Pick<SentReply, 'interaction' | 'id'>) =>
      api.post<SentReply>(path`/api/interactions/${interaction}/replies/${id}/take-back`),
    onSettled: () => everythingOf(client),
  });
}

function everythingOf(client: ReturnType<typeof useQueryClient>): Promise<unknown> {
  return Promise.all(
    ['interactions', 'queues', 'outbox'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
  );
}
