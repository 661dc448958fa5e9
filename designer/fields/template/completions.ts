import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** Something that a template can take, as it is offered. */
export interface Offer {
  path: string;
  label: string;
  kind: string;
}

const filters: readonly [string, string][] = [
  ['append', 'text after it'],
  ['capitalize', 'first letter large'],
  ['date', 'such as date: "%d.%m.%Y"'],
  ['default', 'where it is empty'],
  ['downcase', 'small letters'],
  ['escape', 'for HTML'],
  ['first', 'of a list'],
  ['join', 'a list as text'],
  ['last', 'of a list'],
  ['prepend', 'text before it'],
  ['remove', 'a part of it'],
  ['replace', 'a part by another'],
  ['size', 'how many'],
  ['split', 'a text as a list'],
  ['strip', 'no blanks around'],
  ['strip_html', 'without tags'],
  ['strip_newlines', 'in one line'],
  ['truncate', 'so many characters'],
  ['truncatewords', 'so many words'],
  ['upcase', 'capital letters'],
];

const filterOptions: Completion[] = filters.map(([label, detail]) => ({ label, detail, type: 'function' }));

/** Values after `{{`, `{% if` and the like, filters after a bar. Anywhere else only when asked for, and then with the braces. */
export function createCompletions(offers: () => readonly Offer[]): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const open = openPlace(context.state, context.pos);
    if (open === null) {
      if (!context.explicit) return null;
      return { from: context.pos, options: offers().map((offer) => optionOf(offer, '{{ ', ' }}')) };
    }
    const word = context.matchBefore(/[\w.-]*/);
    const from = word?.from ?? context.pos;
    if (/\|\s*[\w]*$/.test(open)) return { from, options: filterOptions, validFor: /^\w*$/ };
    const isOutput = open.startsWith('{{');
    return {
      from,
      options: offers().map((offer) => optionOf(offer, isOutput && open === '{{' ? ' ' : '', isOutput ? ' }}' : '')),
      validFor: /^[\w.-]*$/,
    };
  };
}

/** What stands between the last open braces and the cursor, them included; null outside of any. */
export function openPlace(state: EditorState, pos: number): string | null {
  const before = state.sliceDoc(Math.max(0, pos - 1_000), pos);
  const start = Math.max(before.lastIndexOf('{{'), before.lastIndexOf('{%'));
  const end = Math.max(before.lastIndexOf('}}'), before.lastIndexOf('%}'));
  return start < 0 || end > start ? null : before.slice(start);
}

function optionOf({ path, label, kind }: Offer, before: string, after: string): Completion {
  return {
    label: path,
    detail: label === path ? kind : `${label} · ${kind}`,
    type: 'variable',
    boost: path.startsWith('flow.') ? 1 : 0,
    apply: (view: EditorView, _completion, from, to) => {
      const next = view.state.sliceDoc(to, to + 3);
      const closing = /^\s*-?[}]/.test(next) ? '' : after;
      const insert = before + path + closing;
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + insert.length },
        userEvent: 'input.complete',
      });
    },
  };
}
