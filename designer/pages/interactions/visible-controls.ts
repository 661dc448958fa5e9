const named: Readonly<Record<number, string>> = {
  127: '␡',
  160: '⍽',
  173: '⟨soft hyphen⟩',
  8203: '⟨zero-width space⟩',
  8206: '⟨left-to-right⟩',
  8207: '⟨right-to-left⟩',
  8237: '⟨left-to-right override⟩',
  8238: '⟨right-to-left override⟩',
  65279: '⟨byte order mark⟩',
};

/** Text in which nothing hides: controls and marks without a shape are shown as signs. Line ends and tabs stay what they are. */
export function visibleControls(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0]/gu, (character) =>
      /[\n\t]/.test(character) ? character : sign(character),
    );
}

function sign(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // Unicode has a picture for each of the 32 controls of ASCII.
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return named[code] ?? `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
