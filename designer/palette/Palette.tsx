import { type Ref, useCallback } from 'react';
import type { ActionType } from '../../schemas/actions/index.ts';
import { addAction, firstFreeOutcome } from '../state/commands/add-action.ts';
import { openedSheet } from '../state/editor-store.ts';
import { freePlace } from '../state/free-place.ts';
import { useEditorStore } from '../state/useEditor.ts';
import { ActionTypeList } from './ActionTypeList.tsx';
import classes from './Palette.module.css';

/** The toolbox beside the canvas. A click adds below the selected card and connects its first free outcome. */
export function Palette({ searchRef }: { searchRef: Ref<HTMLInputElement> }) {
  const store = useEditorStore();
  const add = useCallback(
    (type: ActionType) => {
      const { selection, run, show } = store.getState();
      const sheet = openedSheet(store.getState());
      const selected = selection.length === 1 ? selection[0] : undefined;
      const outcome = selected === undefined ? undefined : firstFreeOutcome(sheet, selected);
      const from = selected === undefined || outcome === undefined ? undefined : { action: selected, outcome };
      run(addAction(sheet, { type, from, position: freePlace(sheet, from, type) }));
      const [added] = store.getState().selection;
      if (added !== undefined) show(added);
    },
    [store],
  );
  return (
    <section className={classes.root} aria-label="Palette">
      <ActionTypeList onPick={add} isDraggable searchRef={searchRef} />
    </section>
  );
}
