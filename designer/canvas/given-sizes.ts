import type { useStoreApi } from '@xyflow/react';

type CanvasStore = ReturnType<typeof useStoreApi>;

const trusting = new WeakSet<CanvasStore>();

/**
 * React Flow measures each node and its handles once it is on the page, and draws all of them again for it. Those that came with a size and
 * with handles are believed instead. To be called before the canvas is drawn for the first time.
 */
export function trustGivenSizes(store: CanvasStore): void {
  if (trusting.has(store)) return;
  trusting.add(store);
  const { updateNodeInternals } = store.getState();
  store.setState({
    updateNodeInternals: (updates, options) => {
      const { nodeLookup } = store.getState();
      const unknown = [...updates].filter(([id]) => nodeLookup.get(id)?.handles === undefined);
      if (unknown.length > 0) updateNodeInternals(new Map(unknown), options);
    },
  });
}
