import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReplyDraftBody } from '../../../../schemas/api/replies.ts';
import { useSaveReplyDraft } from '../../../api/replies.ts';

/** A pause in typing. */
const pauseMs = 600;

export type Kept = 'nothing' | 'changed' | 'saved' | 'failed';

/**
 * Keeps on the server what is written, a moment after each change. `flush` resolves when nothing is on its way any more, so that what is sent
 * or thrown away afterwards is not written anew.
 */
export function useKeptDraft(id: string, draft: ReplyDraftBody) {
  const write = useSaveReplyDraft(id);
  const [kept, setKept] = useState<Kept>('nothing');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saving = useRef<Promise<void>>(Promise.resolve());
  const waiting = useRef<ReplyDraftBody>(undefined);
  const first = useRef(draft);

  const save = useCallback(() => {
    clearTimeout(timer.current);
    const body = waiting.current;
    if (body === undefined) return saving.current;
    waiting.current = undefined;
    saving.current = saving.current.then(() =>
      write(body).then(
        () => setKept('saved'),
        () => setKept('failed'),
      ),
    );
    return saving.current;
  }, [write]);

  useEffect(() => {
    if (draft === first.current) return;
    waiting.current = draft;
    setKept('changed');
    clearTimeout(timer.current);
    timer.current = setTimeout(save, pauseMs);
  }, [draft, save]);

  // Whoever goes to another page within the pause has written it all the same.
  useEffect(() => () => void save(), [save]);

  return {
    kept,
    flush: save,
    /** What was not saved yet is not to be. */
    forget() {
      clearTimeout(timer.current);
      waiting.current = undefined;
      return saving.current;
    },
  };
}
