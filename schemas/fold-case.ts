/** UAX #15 calls a text safe if no letter carries more than 30 marks; nobody writes one that is not. */
const maxMarks = 30;

/**
 * One spelling of a text for comparing without regard to case: composed letters, then lower case of no particular language.
 * Composing takes time quadratic in the marks of one letter (40,000 take four seconds), so that a text made for that stays as it came.
 */
export function foldCase(text: string): string {
  return (isSafeToCompose(text) ? text.normalize('NFC') : text).toLowerCase();
}

function isSafeToCompose(text: string): boolean {
  // Whole runs, each looked at once: a pattern with a count in it would begin anew at every mark.
  return text.matchAll(/\p{M}+/gu).every(([marks]) => marks.length <= maxMarks);
}
