/** The yardstick: React Flow with nothing of ours. Draws the graph that lies beside the page as graph.json. */
import '@xyflow/react/dist/style.css';
import { type Edge, type Node, ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import { createRoot } from 'react-dom/client';

interface Graph {
  canvas: { width: number; height: number };
  nodes: Node[];
  edges: Edge[];
}

function Bare({ graph }: { graph: Graph }) {
  const [nodes, , onNodesChange] = useNodesState(graph.nodes);
  const [edges, , onEdgesChange] = useEdgesState(graph.edges);
  return (
    <div style={graph.canvas}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        fitView
        fitViewOptions={{ padding: 0.16, maxZoom: 1 }}
        minZoom={0.08}
      />
    </div>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has a root');
// Written by the bench that built this page.
const graph = (await (await fetch('graph.json')).json()) as Graph;
createRoot(root).render(<Bare graph={graph} />);
