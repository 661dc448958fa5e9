import { compile } from 'html-to-text';
import type { MailLimits } from './limits.ts';

/** Compiled once: building the selector tree costs more than converting a small mail. */
const convert = compile({
  wordwrap: false,
  limits: { maxDepth: 200, maxChildNodes: 5_000, ellipsis: '' },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { ignoreHref: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** The readable text of an HTML mail; of hostile HTML at least its words. */
export function htmlToText(html: string, limits: MailLimits): string {
  const bounded = html.slice(0, limits.htmlToTextChars);
  try {
    return convert(bounded);
  } catch {
    // Nesting too deep for the converter's recursion: the words without the tags are worth more than nothing.
    return bounded.replace(/<[^<>]*>/g, ' ');
  }
}
