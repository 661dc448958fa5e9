/** Whether the key event means the name of a key, such as `mod+Shift+Z`. */
export function isShortcut(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  name: string,
): boolean {
  const parts = name.split('+');
  const key = parts.at(-1) ?? '';
  const wants = (modifier: string) => parts.includes(modifier) && key !== modifier;
  if (event.altKey !== wants('Alt') || (event.ctrlKey || event.metaKey) !== wants('mod')) return false;
  // "?" and "/" need Shift on some keyboards and not on others: the character itself says enough.
  const isCharacter = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isCharacter && event.shiftKey !== wants('Shift')) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

const symbols: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** The keys as they are printed on the keyboard at hand: "Ctrl Shift Z". */
export function shownKeys(name: string): string {
  return name
    .split('+')
    .map((part) => (part === 'mod' ? (isMac() ? '⌘' : 'Ctrl') : (symbols[part] ?? part)))
    .join(' ');
}
