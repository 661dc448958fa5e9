import type { CaseDifference } from '../../schemas/api/cases.ts';
import type { CardWords } from '../actions/card.ts';

const endings: Readonly<Record<string, string>> = { 'transfer-to-queue': 'a queue', disconnect: 'a disconnect' };

/** "Expected queue Billing, got General support": one sentence for each part that is not as it should be. */
export function differenceWords({ what, expected, got }: CaseDifference, words: CardWords): string {
  const named = (value: unknown): string => {
    if (value === null || value === undefined) return 'none';
    if (what === 'queue') return words.queue(String(value));
    if (what === 'ending') return endings[String(value)] ?? String(value);
    if (what === 'fallback') return value === true ? 'the fallback' : 'no fallback';
    return typeof value === 'string' ? `“${value}”` : String(value);
  };
  const label = { ending: '', fallback: '', responses: 'auto-responses ' }[what] ?? `${what} `;
  return `Expected ${label}${named(expected)}, got ${named(got)}`;
}
