import { useReactFlow } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { notifyRefused } from '../../canvas/notify-refused.ts';
import { copySelection, duplicateSelection, pasteText } from '../../state/clipboard.ts';
import { autoLayout } from '../../state/commands/auto-layout.ts';
import { deleteActions } from '../../state/commands/delete-actions.ts';
import { disconnectOutcomes } from '../../state/commands/disconnect-outcome.ts';
import { useEditorStore } from '../../state/useEditor.ts';
import { isShortcut } from './shortcuts.ts';

interface ShortcutActions {
  findAction: () => void;
  toggleTry: () => void;
  toggleProblems: () => void;
  showShortcuts: () => void;
  save: () => void;
}

/** The editor's keys. Single letters work only outside text fields; undo works everywhere, on the one history. */
export function useShortcuts(actions: ShortcutActions): void {
  const store = useEditorStore();
  const { fitView } = useReactFlow();
  const latest = useRef(actions);
  latest.current = actions;

  useEffect(() => {
    const { getState } = store;
    const remove = () => {
      const { selection, selectedConnections, run } = getState();
      if (selection.length > 0) run(deleteActions(selection));
      else if (selectedConnections.length > 0) run(disconnectOutcomes(selectedConnections));
    };
    const anywhere: [string, () => void][] = [
      ['mod+z', () => getState().undo()],
      ['mod+Shift+z', () => getState().redo()],
      ['mod+y', () => getState().redo()],
      ['mod+s', () => latest.current.save()],
    ];
    const onCanvas: [string, () => void][] = [
      ['mod+d', () => duplicateSelection(store)],
      ['mod+a', () => getState().select(Object.keys(getState().history.flow.actions))],
      ['Delete', remove],
      ['Backspace', remove],
      ['Escape', () => getState().select([])],
      ['c', () => getState().openConnectMenu(focusedAction() ?? getState().selection[0] ?? null)],
      ['e', () => editSelected(getState().selection[0] ?? focusedAction(), getState().show)],
      ['f', () => void fitView({ padding: 0.16, maxZoom: 1, duration: 250 })],
      ['Shift+l', () => getState().run(autoLayout())],
      ['t', () => latest.current.toggleTry()],
      ['p', () => latest.current.toggleProblems()],
      ['/', () => latest.current.findAction()],
      ['?', () => latest.current.showShortcuts()],
    ];
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isInDialog(event.target)) return;
      const isTyping = isEditable(event.target);
      const candidates = isTyping
        ? hasOwnUndo(event.target)
          ? anywhere.slice(3)
          : anywhere
        : [...anywhere, ...onCanvas];
      const found = candidates.find(([name]) => isShortcut(event, name));
      if (found === undefined) return;
      event.preventDefault();
      found[1]();
    };
    const onCopy = (event: ClipboardEvent) => {
      if (isEditable(event.target) || isInDialog(event.target) || hasTextSelection()) return;
      const text = copySelection(store);
      if (text === null) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
      if (event.type === 'cut') remove();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isEditable(event.target) || isInDialog(event.target)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      event.preventDefault();
      if (pasteText(store, text) === null)
        notifyRefused('The clipboard holds no actions. Copy some on a canvas first.');
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('copy', onCopy);
    document.addEventListener('cut', onCopy);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('cut', onCopy);
      document.removeEventListener('paste', onPaste);
    };
  }, [store, fitView]);
}

function editSelected(action: string | null | undefined, show: (action: string, setting: string) => void): void {
  if (typeof action === 'string') show(action, 'name');
}

/** The card that has the keyboard's focus. */
function focusedAction(): string | null {
  return document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ?? null;
}

function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="combobox"]'))
  );
}

/** Text that is not in the document yet has the browser's own undo. */
function hasOwnUndo(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[data-local-undo]') !== null;
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"], [role="listbox"]') !== null;
}

function hasTextSelection(): boolean {
  return (window.getSelection()?.toString() ?? '') !== '';
}
