import { notifyRefused } from '../shell/notify-refused.ts';
import { copySelection, pasteText } from '../state/clipboard.ts';
import type { EditorStore } from '../state/editor-store.ts';
import type { CommandContext } from './editor-command.ts';

/** The last copy, for pages without access to the clipboard: plain HTTP has none, and people may refuse it. */
let lastCopy: string | null = null;

/** Copies by menu or palette of commands; the keys come as clipboard events, which need no permission. */
export async function copy({ store }: CommandContext): Promise<void> {
  lastCopy = copySelection(store);
  if (lastCopy === null) return;
  try {
    await navigator.clipboard.writeText(lastCopy);
  } catch {
    notifyRefused('The browser keeps the clipboard to itself: what you copied can only be pasted in this tab.');
  }
}

export async function paste({ store }: CommandContext): Promise<void> {
  pasteOrRefuse(store, await readClipboard());
}

/** Pastes actions, or says that the text is something else. */
export function pasteOrRefuse(store: EditorStore, text: string): void {
  if (pasteText(store, text) === null) notifyRefused('The clipboard holds no actions. Copy some on a canvas first.');
}

async function readClipboard(): Promise<string> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return lastCopy ?? '';
  }
}
