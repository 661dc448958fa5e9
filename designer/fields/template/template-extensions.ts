import { autocompletion, closeCompletion, completionKeymap } from '@codemirror/autocomplete';
import { EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  keymap,
  MatchDecorator,
  tooltips,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { createCompletions, type Offer } from './completions.ts';
import type { Mark } from './template-marks.ts';

/** Replaces what is underlined. */
export const setMarks = StateEffect.define<readonly Mark[]>();

const underlined = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, { effects, changes, newDoc }) {
    let next = decorations.map(changes);
    for (const effect of effects) {
      if (!effect.is(setMarks)) continue;
      const ranges = effect.value
        .filter(({ from, to }) => from < to && to <= newDoc.length)
        .map(({ from, to, severity, message }) =>
          Decoration.mark({ class: `sluice-mark-${severity}`, attributes: { title: message } }).range(from, to),
        );
      next = Decoration.set(ranges, true);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const matcher = new MatchDecorator({
  regexp: /\{\{[^}]*\}?\}?|\{%[^%]*%?\}?|<\/?[a-zA-Z][^>]*>?/g,
  decoration: ([place]) =>
    Decoration.mark({
      class: place.startsWith('{{') ? 'sluice-output' : place.startsWith('{%') ? 'sluice-tag' : 'sluice-html',
    }),
});

/** Colours the places that are filled. */
const coloured = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const singleLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replaceAll(/\s*\n\s*/g, ' ');
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert: text },
    selection: { anchor: Math.min(text.length, transaction.newSelection.main.head) },
  };
});

/** Lists keep this far from the edges of the window. */
const marginPx = 8;

function insideWindow(): { left: number; top: number; right: number; bottom: number } {
  return { left: marginPx, top: marginPx, right: innerWidth - marginPx, bottom: innerHeight - marginPx };
}

interface TemplateExtensions {
  isLong: boolean;
  isReadOnly: boolean;
  attributes: Record<string, string>;
  offers: () => readonly Offer[];
  onType: (text: string) => void;
}

/** No history of its own: undo is the editor's, for all of the document. */
export function templateExtensions({ isLong, isReadOnly, attributes, offers, onType }: TemplateExtensions): Extension {
  return [
    EditorView.contentAttributes.of(attributes),
    EditorState.readOnly.of(isReadOnly),
    EditorView.editable.of(!isReadOnly),
    drawSelection(),
    tooltips({ tooltipSpace: insideWindow }),
    autocompletion({
      override: [createCompletions(offers)],
      icons: false,
      interactionDelay: 0,
      maxRenderedOptions: 60,
    }),
    keymap.of(completionKeymap),
    // Escape leaves the list first, and only then what is around the field.
    EditorView.domEventHandlers({
      keydown: (event, view) => {
        if (event.key === 'Escape' && closeCompletion(view)) event.stopPropagation();
        return false;
      },
    }),
    underlined,
    coloured,
    isLong ? EditorView.lineWrapping : [EditorView.lineWrapping, singleLine],
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((each) => each.isUserEvent('sluice.outside'))) {
        onType(update.state.doc.toString());
      }
    }),
  ];
}
