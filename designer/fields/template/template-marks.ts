import type { Issue } from '../../../schemas/issue.ts';

/** A stretch of a template that an issue is about, by offsets. */
export interface Mark {
  from: number;
  to: number;
  severity: Issue['severity'];
  message: string;
}

/**
 * Where in the text the issues of a template are: the name that a sentence quotes, or the line and column that Liquid's reader named.
 * An issue that names neither is said below the text only.
 */
export function marksOf(text: string, issues: readonly Issue[]): Mark[] {
  return issues.flatMap(({ message, severity }) => {
    const place = /line:(\d+), col:(\d+)/.exec(message);
    if (place !== null) {
      const from = offsetOf(text, Number(place[1]), Number(place[2]));
      return from === null ? [] : [{ from, to: endOfPlace(text, from), severity, message }];
    }
    const [, name = ''] = /"([^"]+)"/.exec(message) ?? [];
    return name === '' ? [] : placesOf(text, name).map((found) => ({ ...found, severity, message }));
  });
}

/** Liquid counts both from one. */
function offsetOf(text: string, line: number, column: number): number | null {
  const lines = text.split('\n');
  if (line < 1 || line > lines.length) return null;
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return Math.min(text.length, before + column - 1);
}

function endOfPlace(text: string, from: number): number {
  const close = /\}\}|%\}|\n/.exec(text.slice(from));
  const end = close === null ? text.length : from + close.index + (close[0] === '\n' ? 0 : close[0].length);
  return Math.max(end, Math.min(from + 1, text.length));
}

/** The name as a whole wherever it stands in a place of the template; a variable's name also behind `flow.`. */
function placesOf(text: string, name: string): { from: number; to: number }[] {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found: { from: number; to: number }[] = [];
  for (const place of text.matchAll(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g)) {
    for (const each of place[0].matchAll(new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, 'g'))) {
      const from = place.index + each.index;
      found.push({ from, to: from + name.length });
    }
  }
  return found;
}
