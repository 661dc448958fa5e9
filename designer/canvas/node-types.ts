import type { EdgeTypes, NodeTypes } from '@xyflow/react';
import { ActionCard } from './ActionCard.tsx';
import { GroupCard } from './GroupCard.tsx';
import { GroupFrame } from './GroupFrame.tsx';
import { OutcomeConnection } from './OutcomeConnection.tsx';
import { StickyNote } from './StickyNote.tsx';

/** Constants of the module: React Flow mounts everything anew when these objects change. */
export const nodeTypes: NodeTypes = {
  action: ActionCard,
  'group-card': GroupCard,
  frame: GroupFrame,
  note: StickyNote,
};
export const edgeTypes: EdgeTypes = { outcome: OutcomeConnection };
