/** Whether the key event means the name of a key, such as `mod+Shift+Z`. */
export function isShortcut(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  name: string,
): boolean {
  const parts = name.split('+');
  const named = parts.at(-1) ?? '';
  const key = characters[named] ?? named;
  const wants = (modifier: string) => parts.includes(modifier);
  if (event.altKey !== wants('Alt') || (event.ctrlKey || event.metaKey) !== wants('mod')) return false;
  // "?" and "/" need Shift on some keyboards and not on others: the character itself says enough.
  const isCharacter = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isCharacter && event.shiftKey !== wants('Shift')) return false;
  // With Alt some keyboards write another character: then the place of the key counts.
  if (event.altKey && /^[a-z]$/i.test(key)) return event.code === `Key${key.toUpperCase()}`;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** Keys whose character would be hard to read in a name. */
const characters: Readonly<Record<string, string>> = { Space: ' ', Plus: '+' };

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

const symbols: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Plus: '+',
};

/** The keys as they are printed on the keyboard at hand: "Ctrl Shift Z". */
export function shownKeys(name: string): string {
  return name
    .split('+')
    .map((part) => (part === 'mod' ? (isMac() ? '⌘' : 'Ctrl') : (symbols[part] ?? part)))
    .join(' ');
}
