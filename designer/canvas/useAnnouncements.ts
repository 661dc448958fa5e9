import { useEffect } from 'react';
import { actionTypes, outcomesOf } from '../../schemas/actions/index.ts';
import type { Sheet } from '../../schemas/sheet.ts';
import { announce } from '../shell/announce.ts';
import { type EditorState, openedSheet } from '../state/editor-store.ts';
import { useEditorStore } from '../state/useEditor.ts';

/** Within this time an edit and where it led the keyboard are one thing to say. */
const oneBreathMs = 1_000;

/** Tells screen readers what every edit, undo and step along a connection did. */
export function useAnnouncements(): void {
  const store = useEditorStore();
  useEffect(() => {
    let last = { edit: '', atMs: Number.NEGATIVE_INFINITY };
    return store.subscribe((state, before) => {
      const edit = editIn(state, before);
      if (edit !== null) {
        last = { edit, atMs: performance.now() };
        announce(edit);
      } else if (state.keyboard !== before.keyboard && state.keyboard !== null) {
        const card = aboutCard(openedSheet(state), state.keyboard);
        // An edit often moves the keyboard: the card shall not be said in the place of the edit.
        announce(performance.now() - last.atMs < oneBreathMs ? `${last.edit}. ${card}` : card);
      }
    });
  }, [store]);
}

function editIn({ history }: EditorState, { history: before }: EditorState): string | null {
  if (history === before || history.flow === before.flow) return null;
  const last = history.past.at(-1)?.label ?? '';
  if (history.past.length < before.past.length) return `Undone: ${before.past.at(-1)?.label ?? ''}`;
  if (before.future.length > history.future.length && before.future[0]?.after === history.flow)
    return `Redone: ${last}`;
  // Every letter of a text is said by the field itself.
  return history.past.length === before.past.length ? null : last;
}

/** What an action is and where it leads, which its name alone does not say. */
function aboutCard({ actions }: Sheet, card: string): string {
  const action = actions[card];
  if (action === undefined) return '';
  const ways = outcomesOf(action).map((outcome) => {
    const target = actions[action.next?.[outcome] ?? ''];
    return target === undefined ? `${outcome} leads nowhere` : `${outcome} leads to ${target.name}`;
  });
  return [actionTypes[action.type].title, ...ways].join(', ');
}
