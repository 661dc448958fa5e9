import { Badge, Indicator, NavLink, Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { NavLink as RouterNavLink, useMatch } from 'react-router';
import { useAlarms } from '../api/alarms.ts';
import classes from './Navigation.module.css';

/** How many alarms are open, wherever somebody is. */
export function AlarmBell({ isRail }: { isRail: boolean }) {
  const open = useAlarms().data?.open ?? [];
  const isNew = open.some(({ acknowledgedAt }) => acknowledgedAt === null);
  const isActive = useMatch('/alarms') !== null;
  const colour = isNew ? 'red' : 'gray';
  const words = open.length === 0 ? 'Alarms' : `Alarms: ${open.length} open`;
  return (
    <Tooltip label={words} position="right" disabled={!isRail}>
      <NavLink
        component={RouterNavLink}
        to="/alarms"
        active={isActive}
        aria-label={words}
        label={isRail ? undefined : 'Alarms'}
        leftSection={
          <Indicator color={colour} size={8} disabled={!isRail || open.length === 0}>
            <IconBell size={18} stroke={1.7} />
          </Indicator>
        }
        rightSection={!isRail && open.length > 0 ? <Badge color={colour}>{open.length}</Badge> : undefined}
        className={classes.link}
        data-rail={isRail || undefined}
      />
    </Tooltip>
  );
}
