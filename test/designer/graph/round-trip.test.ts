import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowToGraph, type Graph } from '../../../designer/graph/flow-to-graph.ts';
import { connectionOf, movesOf } from '../../../designer/graph/graph-to-flow.ts';
import { placeMissing } from '../../../designer/graph/layout-flow.ts';
import type { DrawnNode } from '../../../designer/graph/nodes.ts';
import { waysOn } from '../../../designer/graph/ways.ts';
import { withNext } from '../../../designer/state/commands/command.ts';
import { connect } from '../../../designer/state/commands/connect.ts';
import { collapseGroup } from '../../../designer/state/commands/group-actions.ts';
import { outcomesOf } from '../../../schemas/actions/index.ts';
import type { Flow } from '../../../schemas/flow.ts';
import type { Sheet } from '../../../schemas/sheet.ts';
import { anyFlow } from '../flow-arbitrary.ts';

const flowsFolder = join(import.meta.dirname, '../../../flows');
const files = readdirSync(flowsFolder).filter((name) => name.endsWith('.flow.json'));

/** The document out of what stands on the canvas alone: nodes without connections, then each edge drawn anew. */
function rebuild<S extends Sheet>(sheet: S, { nodes, edges }: Graph): S {
  const { actions: layout, notes: places } = movesOf(sheet, nodes);
  const drawn = <T extends DrawnNode['type']>(type: T) =>
    nodes.filter((node): node is Extract<DrawnNode, { type: T }> => node.type === type);
  const bare: S = {
    ...sheet,
    actions: Object.fromEntries(drawn('action').map(({ id, data }) => [id, withNext(data.action, {})])),
    ...(sheet.layout === undefined ? {} : { layout }),
    ...(sheet.groups === undefined
      ? {}
      : { groups: Object.fromEntries(drawn('frame').map(({ data }) => [data.groupId, data.group])) }),
    ...(sheet.notes === undefined
      ? {}
      : {
          notes: Object.fromEntries(
            drawn('note').map(({ data }) => [data.noteId, { ...data.note, ...places[data.noteId] }]),
          ),
        }),
  };
  return edges.reduce((before, edge) => {
    const connection = connectionOf(edge);
    return connection === null ? before : connect(connection).apply(before);
  }, bare);
}

function sheetsOf(flow: Flow): Sheet[] {
  return [flow, ...Object.values(flow.tasks ?? {})];
}

/** With every group open, so that every action stands on the canvas. */
function opened<S extends Sheet>(sheet: S): S {
  return Object.keys(sheet.groups ?? {}).reduce((before, id) => collapseGroup(id, false).apply(before), sheet);
}

describe('document to canvas and back', () => {
  it.each(files)('%s is identical', (file) => {
    const flow = placeMissing(JSON.parse(readFileSync(join(flowsFolder, file), 'utf8')) as Flow);

    for (const sheet of sheetsOf(flow).map(opened)) expect(rebuild(sheet, flowToGraph(sheet))).toEqual(sheet);
  });

  it('any flow is identical, its groups and notes included', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        for (const sheet of sheetsOf(flow).map(opened)) expect(rebuild(sheet, flowToGraph(sheet))).toEqual(sheet);
      }),
    );
  });

  it('each action is drawn once, as a card or within one collapsed group, and no connection between two cards is lost', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const { nodes, edges } = flowToGraph(flow);
        const shown = nodes.flatMap((node) =>
          node.type === 'action' ? [node.id] : node.type === 'group-card' ? node.data.members : [],
        );
        const standsFor = new Map(
          nodes.flatMap((node) =>
            node.type === 'group-card' ? node.data.members.map((id) => [id, node.id] as const) : [],
          ),
        );
        const place = (id: string) => standsFor.get(id) ?? id;
        const crossing = Object.keys(flow.actions)
          .flatMap((id) => waysOn(flow, id))
          .filter(({ action, target }) => place(action) === action || place(action) !== place(target));

        expect(shown.toSorted()).toEqual(Object.keys(flow.actions).toSorted());
        expect(edges.map(({ id }) => id)).toEqual(crossing.map(({ action, outcome }) => `${action}:${outcome}`));
      }),
    );
  });

  it('a collapsed group that is moved takes its actions along, and stays as it is where it is not', () => {
    fc.assert(
      fc.property(anyFlow, fc.integer(), fc.integer(), (flow, dx, dy) => {
        const { nodes } = flowToGraph(flow);
        const groups = nodes.filter(({ type }) => type === 'group-card');
        const still = movesOf(flow, groups).actions;
        const moved = movesOf(
          flow,
          groups.map(({ id, position: { x, y } }) => ({ id, position: { x: x + dx, y: y + dy } })),
        ).actions;

        for (const [id, place] of Object.entries(still)) {
          expect(place).toEqual(flow.layout?.[id]);
          expect(moved[id]).toEqual({ x: place.x + dx, y: place.y + dy });
        }
      }),
    );
  });

  it('gives each outcome its own point to start from, on the lower edge', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        for (const node of flowToGraph(flow).nodes) {
          if (node.type !== 'action') continue;
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
