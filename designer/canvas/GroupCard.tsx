import { ActionIcon, Text, ThemeIcon, Tooltip } from '@mantine/core';
import { IconArrowsDiagonal, IconPlayerPlayFilled, IconStack2 } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo, use } from 'react';
import { hasOutcomeLabels } from '../graph/card-size.ts';
import type { GroupCardNode } from '../graph/nodes.ts';
import { collapseGroup } from '../state/commands/group-actions.ts';
import { EditorContext } from '../state/useEditor.ts';
import classes from './ActionCard.module.css';
import { IssueBadge } from './IssueBadge.tsx';
import { OutcomeHandle } from './OutcomeHandle.tsx';
import { RunContext } from './RunContext.ts';

/** A collapsed group: its name, how much it hides, whether something in it is wrong, and the ways out of it. */
export const GroupCard = memo(function GroupCard({ data, selected }: NodeProps<GroupCardNode>) {
  const { group, groupId, members, exits, isEntry } = data;
  const run = use(RunContext);
  const store = use(EditorContext);
  const passed = members.some((id) => run?.steps.has(id));
  const failed = members.some((id) => run?.steps.get(id)?.failed);
  const hasLabels = hasOutcomeLabels(exits.map(({ label }) => label));
  const handles = exits.map(({ action, outcome, label }) => (
    <div key={`${action}:${outcome}`} className={hasLabels ? classes.outcome : undefined}>
      {hasLabels && <span title={label}>{label}</span>}
      <OutcomeHandle id={`${action}:${outcome}`} action={group.name} outcome={label} isConnected />
    </div>
  ));
  return (
    <div
      className={classes.card}
      data-stacked
      data-selected={selected || undefined}
      data-run={run === null ? undefined : failed ? 'failed' : passed ? 'passed' : 'untouched'}
      data-current={(run?.current != null && members.includes(run.current)) || undefined}
    >
      {isEntry && (
        <span className={classes.entry}>
          <IconPlayerPlayFilled size={9} aria-hidden /> Start
        </span>
      )}
      <Handle
        type="target"
        position={Position.Top}
        className={classes.target}
        role="img"
        aria-label={`Into ${group.name}`}
      />
      <div className={classes.body}>
        <ThemeIcon variant="light" color="gray" size={34} radius="md" aria-hidden>
          <IconStack2 size={19} stroke={1.7} />
        </ThemeIcon>
        <div className={classes.text}>
          <Text className={classes.name} title={group.name}>
            {group.name}
          </Text>
          <Text className={classes.summary}>
            {members.length === 1 ? '1 action' : `${members.length} actions`}
            {exits.length === 0 && ', ends here'}
          </Text>
        </div>
        <IssueBadge actions={members} />
        {store !== null && !store.getState().isReadOnly && (
          <Tooltip label="Expand the group">
            <ActionIcon
              className="nodrag"
              size="sm"
              tabIndex={-1}
              aria-label={`Expand the group ${group.name}`}
              onClick={() => store.getState().run(collapseGroup(groupId, false))}
            >
              <IconArrowsDiagonal size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {hasLabels ? <div className={classes.outcomes}>{handles}</div> : handles}
    </div>
  );
});
