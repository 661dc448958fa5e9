import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowsDiagonalMinimize2 } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import { memo, use } from 'react';
import type { FrameNode } from '../graph/nodes.ts';
import { collapseGroup } from '../state/commands/group-actions.ts';
import { EditorContext } from '../state/useEditor.ts';
import classes from './GroupFrame.module.css';

/** The frame of an expanded group. Its head takes hold of it: a click selects its actions, a drag moves them. */
export const GroupFrame = memo(function GroupFrame({ data }: NodeProps<FrameNode>) {
  const { group, groupId, members } = data;
  const store = use(EditorContext);
  return (
    <div className={classes.frame}>
      <div className={`${classes.head} group-handle`}>
        <UnstyledButton
          className={classes.name}
          title={group.name}
          aria-label={`Select the group ${group.name}`}
          onClick={() => store?.getState().select(members)}
        >
          {group.name}
        </UnstyledButton>
        {store !== null && !store.getState().isReadOnly && (
          <Tooltip label="Collapse the group">
            <ActionIcon
              className="nodrag"
              size="sm"
              aria-label={`Collapse the group ${group.name}`}
              onClick={() => store.getState().run(collapseGroup(groupId, true))}
            >
              <IconArrowsDiagonalMinimize2 size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    </div>
  );
});
