import { Panel, type ReactFlowState, useReactFlow, useStore } from '@xyflow/react';
import { type PointerEvent, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { shallow } from 'zustand/shallow';
import { cards } from '../actions/index.ts';
import type { DrawnNode } from '../graph/nodes.ts';
import { boundsOf, type Rect } from '../graph/rect.ts';
import { canvasWords } from './canvas-words.ts';
import classes from './OverviewMap.module.css';

const size = { width: 160, height: 110 };
/** Of the map's own pixels, around what it shows. */
const rim = 6;

/**
 * The whole flow in a corner, with the part of it that is in view: a drag leads the view, the wheel zooms. One shape for each colour:
 * with one for each card, as React Flow's own map has it, a large flow would be drawn twice.
 */
export function OverviewMap() {
  const { setCenter, zoomTo } = useReactFlow();
  const nodes = useDeferredValue(useStore(nodesOf, isSameOrDragged));
  const view = useStore(viewOf, shallow);
  const zoom = useStore(zoomOf);
  const shapes = useMemo(() => shapesOf(nodes), [nodes]);
  const bounds = useMemo(() => boundsOf(nodes.map(rectOf)) ?? view, [nodes, view]);
  const whole = boundsOf([bounds, view]) ?? view;
  const scale = Math.min((size.width - 2 * rim) / whole.width, (size.height - 2 * rim) / whole.height);
  const left = whole.x - (size.width / scale - whole.width) / 2;
  const top = whole.y - (size.height / scale - whole.height) / 2;
  const map = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      void zoomTo(zoom * 2 ** (-event.deltaY * 0.002));
    };
    const element = map.current;
    // React listens for wheels without a right to keep the page from scrolling.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [zoom, zoomTo]);

  const lead = ({ currentTarget, clientX, clientY }: PointerEvent) => {
    const box = currentTarget.getBoundingClientRect();
    void setCenter(left + (clientX - box.left) / scale, top + (clientY - box.top) / scale, { zoom });
  };
  return (
    <Panel position="bottom-right" className={classes.map ?? ''}>
      <div
        ref={map}
        className={classes.field}
        role="img"
        aria-label={canvasWords['minimap.ariaLabel']}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          lead(event);
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && lead(event)}
      >
        <svg
          width={size.width}
          height={size.height}
          viewBox={`${left} ${top} ${size.width / scale} ${size.height / scale}`}
          aria-hidden
        >
          {shapes.map(([colour, path]) => (
            <path key={colour} d={path} fill={colour} />
          ))}
        </svg>
        <span
          className={classes.view}
          style={{
            width: view.width * scale,
            height: view.height * scale,
            transform: `translate(${(view.x - left) * scale}px, ${(view.y - top) * scale}px)`,
          }}
        />
      </div>
    </Panel>
  );
}

// The canvas is given no other nodes.
const nodesOf = (state: ReactFlowState) => state.nodes as DrawnNode[];
/** A card on its way is not followed: the map is drawn again when it is let go. */
const isSameOrDragged = (former: DrawnNode[], nodes: DrawnNode[]) =>
  former === nodes || nodes.some(({ dragging }) => dragging === true);
const zoomOf = ({ transform }: ReactFlowState) => transform[2];

function viewOf({ transform: [x, y, zoom], width, height }: ReactFlowState): Rect {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

function rectOf({ position, width = 0, height = 0 }: DrawnNode): Rect {
  return { ...position, width, height };
}

/** Colour and path of everything that has it; in the order of the nodes, frames and notes first. */
function shapesOf(nodes: readonly DrawnNode[]): [colour: string, path: string][] {
  return [...Map.groupBy(nodes, colourOf)].map(([colour, same]) => [
    colour,
    same
      .map(rectOf)
      .map(({ x, y, width, height }) => `M${x},${y}h${width}v${height}h${-width}z`)
      .join(''),
  ]);
}

function colourOf(node: DrawnNode): string {
  switch (node.type) {
    case 'action':
      return `var(--mantine-color-${cards[node.data.action.type].colour}-filled)`;
    case 'group-card':
      return 'var(--mantine-color-gray-filled)';
    case 'note':
      return `var(--mantine-color-${node.data.note.colour === 'grey' ? 'gray' : node.data.note.colour}-light)`;
    default:
      return 'var(--sluice-hover)';
  }
}
