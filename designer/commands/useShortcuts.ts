import { useEffect } from 'react';
import { notifyRefused } from '../shell/notify-refused.ts';
import { copySelection } from '../state/clipboard.ts';
import { pasteOrRefuse } from './clipboard-access.ts';
import { allCommands, runCommand } from './command-table.ts';
import { type CommandContext, type EditorCommand, whyNot } from './editor-command.ts';
import { isShortcut } from './shortcut.ts';
import { useCommandContext } from './useCommands.ts';

/** The editor's keys. Single letters work only outside text fields; undo works everywhere, on the one history. */
export function useShortcuts(): void {
  const context = useCommandContext();

  useEffect(() => {
    const { store } = context;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isInDialog(event.target)) return;
      const found = allCommands().find(
        ([, command]) =>
          command.isNative !== true &&
          worksHere(command, event.target, context) &&
          command.keys?.some((keys) => isShortcut(event, keys)) === true,
      );
      if (found === undefined) return;
      event.preventDefault();
      const refused = runCommand(found[0], context);
      if (refused !== null) notifyRefused(refused);
    };
    const onCopy = (event: ClipboardEvent) => {
      if (isEditable(event.target) || isInDialog(event.target) || hasTextSelection()) return;
      const text = copySelection(store);
      if (text === null) return;
      event.preventDefault();
      event.clipboardData?.setData('text/plain', text);
      if (event.type === 'cut') runCommand('delete', context);
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isEditable(event.target) || isInDialog(event.target) || store.getState().isReadOnly) return;
      event.preventDefault();
      pasteOrRefuse(store, event.clipboardData?.getData('text/plain') ?? '');
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
  }, [context]);
}

function worksHere(command: EditorCommand, target: EventTarget | null, context: CommandContext): boolean {
  const { worksIn = 'canvas' } = command;
  // Enter and arrows mean something on every button: they are taken on a card alone, or where nothing at all has the keyboard.
  if (worksIn === 'card') return isCard(target) || (target === document.body && whyNot(command, context) === null);
  if (!isEditable(target) || worksIn === 'everywhere') return true;
  return worksIn === 'fields' && !hasOwnUndo(target);
}

function isCard(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('.react-flow__node');
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
  return target instanceof HTMLElement && target.closest('[role="dialog"], [role="listbox"], [role="menu"]') !== null;
}

function hasTextSelection(): boolean {
  return (window.getSelection()?.toString() ?? '') !== '';
}
