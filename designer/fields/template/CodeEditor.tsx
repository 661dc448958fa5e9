import { startCompletion } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { type Offer, openPlace } from './completions.ts';
import classes from './TemplateField.module.css';
import { setMarks, templateExtensions } from './template-extensions.ts';
import type { Mark } from './template-marks.ts';
import type { Writing } from './writing.ts';

export interface CodeEditorProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  isLong: boolean;
  isReadOnly: boolean;
  isInvalid: boolean;
  marks: readonly Mark[];
  offers: readonly Offer[];
  /** Receives how to insert a text where the cursor is. */
  insertRef: { current: ((text: string) => void) | null };
  /** Of somebody who is writing already, in what stood here until the editor came: they go on in it. Null where nobody is. */
  writingRef: { current: Writing | null };
}

/** A template in CodeMirror: places coloured, mistakes underlined, values completed. */
export default function CodeEditor(props: CodeEditorProps) {
  const { label, value, isLong, isReadOnly, isInvalid, marks, insertRef, writingRef } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (place.current === null) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: templateExtensions({
          isLong,
          isReadOnly,
          attributes: { 'aria-label': label, spellcheck: 'true', 'data-template': '' },
          offers: () => latest.current.offers,
          onType: (text) => latest.current.onChange(text),
        }),
      }),
    });
    view.current = made;
    insertRef.current = (text) => {
      made.dispatch(made.state.replaceSelection(text));
      made.focus();
    };
    if (writingRef.current !== null) {
      goOnWriting(made, writingRef.current);
      writingRef.current = null;
    }
    return () => {
      insertRef.current = null;
      made.destroy();
      view.current = null;
    };
  }, [label, isLong, isReadOnly, insertRef, writingRef]);

  useEffect(() => {
    const current = view.current;
    if (current === null) return;
    const text = current.state.doc.toString();
    if (text === value) return;
    // Changed from elsewhere, by undo for instance: only what differs is replaced, so that the cursor stays where it belongs.
    const { from, to, insert } = difference(text, value);
    current.dispatch({ changes: { from, to, insert }, userEvent: 'sluice.outside' });
  }, [value]);

  useEffect(() => view.current?.dispatch({ effects: setMarks.of(marks) }), [marks]);

  return (
    <div ref={place} className={classes.code} data-long={isLong || undefined} data-error={isInvalid || undefined} />
  );
}

function goOnWriting(view: EditorView, { caret, asksForOffers }: Writing): void {
  const anchor = Math.min(caret, view.state.doc.length);
  view.dispatch({ selection: { anchor } });
  view.focus();
  if (asksForOffers || openPlace(view.state, anchor) !== null) startCompletion(view);
}

function difference(before: string, after: string): { from: number; to: number; insert: string } {
  let from = 0;
  while (from < before.length && before[from] === after[from]) from += 1;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - from &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    tail += 1;
  }
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}
