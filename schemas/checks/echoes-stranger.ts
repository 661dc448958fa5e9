import type { Check } from './check.ts';
import { issue } from './check.ts';

/** What the sender of a mail writes as they like. The subject of an answer may hold theirs: links in it are taken out when it is sent. */
const written = new Set(['subject', 'text', 'html', 'preview', 'replyText', 'headers', 'attachments', 'evidence']);

/**
 * Text of a stranger in the body of an answer: whoever forges the sender has us deliver that text to a victim, under our name. A
 * warning, since the author may know who writes; the subject line is watched over when it is sent.
 */
export const echoesStranger: Check = ({ actions, templates }) =>
  templates.flatMap(({ action, at, reads }) => {
    if (actions.get(action)?.action.type !== 'auto-response' || at.at(-1) === 'subject') return [];
    const echoed = new Set(reads.map(strangersText).filter((path) => path !== null));
    return [...echoed].map((path) => {
      const message = `The answer repeats "${path}", which a stranger wrote: whoever forges a sender can have it delivered in your name. Leave it out, or answer verified senders only.`;
      return issue('echoes-stranger', 'warning', at, message, action);
    });
  });

/** The path that is repeated; null for what strangers do not choose. */
function strangersText(segments: readonly string[]): string | null {
  const path = segments[0] === 'interaction' ? segments.slice(1) : segments;
  const [root, part = '', item = ''] = path;
  if (root !== 'email') return null;
  if (written.has(part)) return segments.join('.');
  return part === 'from' && (item === 'name' || item === '') ? segments.join('.') : null;
}
