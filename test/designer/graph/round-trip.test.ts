import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowToGraph, type Graph } from '../../../designer/graph/flow-to-graph.ts';
import { connectionOf, positionsOf } from '../../../designer/graph/graph-to-flow.ts';
import { placeMissing } from '../../../designer/graph/layout-flow.ts';
import { withNext } from '../../../designer/state/commands/command.ts';
import { connect } from '../../../designer/state/commands/connect.ts';
import { outcomesOf } from '../../../schemas/actions/index.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { anyFlow } from '../flow-arbitrary.ts';

const flowsFolder = join(import.meta.dirname, '../../../flows');
const files = readdirSync(flowsFolder).filter((name) => name.endsWith('.flow.json'));

/** The document out of what stands on the canvas alone: nodes without connections, then each edge drawn anew. */
function rebuild(flow: Flow, { nodes, edges }: Graph): Flow {
  const bare: Flow = {
    ...flow,
    actions: Object.fromEntries(nodes.map(({ id, data }) => [id, withNext(data.action, {})])),
    layout: positionsOf(nodes),
  };
  return edges.reduce((before, edge) => {
    const connection = connectionOf(edge);
    return connection === null ? before : connect(connection).apply(before);
  }, bare);
}

describe('document to canvas and back', () => {
  it.each(files)('%s is identical', (file) => {
    const flow = placeMissing(JSON.parse(readFileSync(join(flowsFolder, file), 'utf8')) as Flow);

    expect(rebuild(flow, flowToGraph(flow))).toEqual(flow);
  });

  it('any flow is identical', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        expect(rebuild(flow, flowToGraph(flow))).toEqual(flow);
      }),
    );
  });

  it('gives each outcome its own point to start from, on the lower edge', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        for (const node of flowToGraph(flow).nodes) {
          const sources = node.handles?.filter(({ type }) => type === 'source') ?? [];
          expect(sources.map(({ id }) => id)).toEqual(outcomesOf(node.data.action));
          expect(new Set(sources.map(({ x }) => x)).size).toBe(sources.length);
        }
      }),
    );
  });
});

describe('drawing again', () => {
  const flow: Flow = {
    id: 'mail',
    name: 'Mail',
    type: 'inbound-email',
    fallback: { queue: 'general' },
    entry: 'ask',
    actions: {
      ask: { type: 'decision', name: 'Ask', settings: { condition: true }, next: { yes: 'end', no: 'gone' } },
      end: { type: 'disconnect', name: 'End', settings: {} },
    },
    layout: { ask: { x: 0, y: 0 }, end: { x: 0, y: 200 } },
  };

  it('gives back the very nodes and edges that did not change', () => {
    const before = flowToGraph(flow);
    const moved: Flow = { ...flow, layout: { ...flow.layout, end: { x: 5, y: 200 } } };

    const after = flowToGraph(moved, before);

    expect(after.nodes[0]).toBe(before.nodes[0]);
    expect(after.nodes[1]).not.toBe(before.nodes[1]);
    expect(after.edges[0]).toBe(before.edges[0]);
  });

  it('draws no connection to an action that is missing', () => {
    expect(flowToGraph(flow).edges.map(({ id }) => id)).toEqual(['ask:yes']);
  });
});
