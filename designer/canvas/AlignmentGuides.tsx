import { ViewportPortal } from '@xyflow/react';
import { type StoreApi, useStore } from 'zustand';
import classes from './AlignmentGuides.module.css';
import type { Guide } from './snapping.ts';

export type GuideStore = StoreApi<{ guides: readonly Guide[] }>;

/** What the dragged card is in line with. Drawn apart from the canvas, which is not drawn again for it. */
export function AlignmentGuides({ store }: { store: GuideStore }) {
  const guides = useStore(store, (state) => state.guides);
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      {guides.map(({ axis, at, from, to }) => (
        <div
          key={axis}
          className={classes.guide}
          data-axis={axis}
          style={axis === 'x' ? { left: at, top: from, height: to - from } : { top: at, left: from, width: to - from }}
        />
      ))}
    </ViewportPortal>
  );
}
