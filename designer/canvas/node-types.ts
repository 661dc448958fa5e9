import type { EdgeTypes, NodeTypes } from '@xyflow/react';
import { ActionCard } from './ActionCard.tsx';
import { OutcomeConnection } from './OutcomeConnection.tsx';

/** Constants of the module: React Flow mounts everything anew when these objects change. */
export const nodeTypes: NodeTypes = { action: ActionCard };
export const edgeTypes: EdgeTypes = { outcome: OutcomeConnection };
