import { type NodeProps, NodeResizeControl } from '@xyflow/react';
import { type KeyboardEvent, memo, use } from 'react';
import { useStore } from 'zustand';
import { type Note, noteSize } from '../../schemas/drawing.ts';
import type { NoteNode } from '../graph/nodes.ts';
import { changeStickyNote } from '../state/commands/sticky-notes.ts';
import { type EditorStore, openedSheet } from '../state/editor-store.ts';
import { EditorContext } from '../state/useEditor.ts';
import classes from './StickyNote.module.css';

/** A sticky note: written in after a double click or Enter, sized at its lower right corner. */
export const StickyNote = memo(function StickyNote({ data, selected }: NodeProps<NoteNode>) {
  const { note, noteId } = data;
  const store = use(EditorContext);
  const isWritable = store !== null && !store.getState().isReadOnly;
  return (
    <div className={classes.note} data-colour={note.colour} data-selected={selected || undefined}>
      {isWritable ? (
        <WritableNote id={noteId} note={note} selected={selected} store={store} />
      ) : (
        <NoteText note={note} />
      )}
    </div>
  );
});

function NoteText({ note }: { note: Note }) {
  return <p className={classes.text}>{note.text === '' ? <i>An empty note</i> : note.text}</p>;
}

interface WritableNoteProps {
  id: string;
  note: Note;
  selected: boolean;
  store: EditorStore;
}

function WritableNote({ id, note, selected, store }: WritableNoteProps) {
  const isWriting = useStore(store, (state) => state.writing === id);
  // Straight from the document: by way of the canvas it would come too late for the next letter.
  const text = useStore(store, (state) => openedSheet(state).notes?.[id]?.text ?? '');
  const { run, write } = store.getState();
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    const card = event.currentTarget.closest<HTMLElement>('.react-flow__node');
    write(null);
    card?.focus();
  };
  return (
    <>
      {isWriting ? (
        <textarea
          // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
          autoFocus
          className={`${classes.text} nodrag nowheel nopan`}
          aria-label="Text of the note"
          maxLength={10_000}
          value={text}
          onChange={({ currentTarget }) => run(changeStickyNote(id, { text: currentTarget.value }))}
          onBlur={() => write(null)}
          onKeyDown={onKeyDown}
        />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard, Enter on the note does the same
        <div className={classes.page} onDoubleClick={() => write(id)}>
          <NoteText note={note} />
        </div>
      )}
      {selected && (
        <NodeResizeControl
          position="bottom-right"
          minWidth={noteSize.least}
          minHeight={noteSize.least}
          maxWidth={noteSize.most}
          maxHeight={noteSize.most}
          className={classes.corner ?? ''}
          onResizeEnd={(_event, { width, height }) =>
            run(changeStickyNote(id, { width: Math.round(width), height: Math.round(height) }))
          }
        />
      )}
    </>
  );
}
