/** Every key of the editor, as the list behind "?" shows it. `mod` is Ctrl, or ⌘ on a Mac. */
export const shortcuts: readonly { group: string; keys: readonly { keys: string; does: string }[] }[] = [
  {
    group: 'Edit',
    keys: [
      { keys: 'mod+Z', does: 'Undo' },
      { keys: 'mod+Shift+Z', does: 'Redo' },
      { keys: 'mod+C', does: 'Copy the selected actions' },
      { keys: 'mod+X', does: 'Cut them' },
      { keys: 'mod+V', does: 'Paste, also into another flow' },
      { keys: 'mod+D', does: 'Duplicate' },
      { keys: 'Delete', does: 'Delete what is selected' },
      { keys: 'mod+A', does: 'Select everything' },
    ],
  },
  {
    group: 'Draw',
    keys: [
      { keys: '/', does: 'Find an action in the palette' },
      { keys: 'C', does: 'Connect the outcomes of the card' },
      { keys: 'Enter', does: 'Select the card or connection' },
      { keys: 'E', does: 'Edit the selected card: its name, then its settings' },
      { keys: '↑ ↓ ← →', does: 'Move the selected cards' },
      { keys: 'Escape', does: 'Let go of the selection' },
    ],
  },
  {
    group: 'Look',
    keys: [
      { keys: 'F', does: 'Fit the whole flow on the canvas' },
      { keys: 'Shift+L', does: 'Arrange the cards' },
      { keys: 'T', does: 'Try the flow on a mail' },
      { keys: 'P', does: 'Show the problems' },
      { keys: 'mod+S', does: 'Save now' },
      { keys: '?', does: 'This list' },
    ],
  },
];

/** Whether the key event means one of the names above, such as `mod+Shift+Z`. */
export function isShortcut(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  name: string,
): boolean {
  const parts = name.split('+');
  const key = parts.at(-1) ?? '';
  const wantsMod = parts.includes('mod');
  const wantsShift = parts.includes('Shift');
  if (event.altKey || (event.ctrlKey || event.metaKey) !== wantsMod) return false;
  // "?" and "/" need Shift on some keyboards and not on others: the character itself says enough.
  const isLetter = /^[a-z]$/i.test(key);
  if ((isLetter || wantsShift) && event.shiftKey !== wantsShift) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}
