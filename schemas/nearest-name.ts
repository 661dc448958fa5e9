/** The known name closest to a misspelt one, or undefined if none is close: at most a third of its letters may differ. */
export function nearestName(wrong: string, known: Iterable<string>): string | undefined {
  // Names longer than this are not typing errors; it bounds the work on a hostile document.
  if (wrong.length > 100) return undefined;
  const folded = wrong.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wrong.length / 3)) + 1;
  for (const name of known) {
    if (Math.abs(name.length - wrong.length) >= bestDistance) continue;
    const distance = editDistance(folded, name.toLowerCase());
    if (distance < bestDistance) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}

/** `; did you mean "subject"?`, or nothing, to end a sentence with. */
export function didYouMean(wrong: string, known: Iterable<string>): string {
  const nearest = nearestName(wrong, known);
  return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
