import type { AriaLabelConfig } from '@xyflow/react';

/** What screen readers say about the canvas, in Sluice's words. */
export const canvasWords: Partial<AriaLabelConfig> = {
  'node.a11yDescription.keyboardDisabled': 'Enter selects the action.',
  'node.a11yDescription.ariaLiveMessage': ({ direction, x, y }) => `Moved the action ${direction}, to ${x}, ${y}`,
  'edge.a11yDescription.default': 'Enter selects the connection, Delete removes it.',
  'controls.ariaLabel': 'Canvas controls',
  'minimap.ariaLabel': 'Overview of the flow',
  'handle.ariaLabel': 'Connection point',
};
