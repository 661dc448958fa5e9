import { Box, Divider, NavLink, Stack, Text, Tooltip } from '@mantine/core';
import {
  IconBiohazard,
  IconCalendarClock,
  IconHome,
  IconInbox,
  IconKey,
  IconListDetails,
  IconListSearch,
  IconMail,
  IconMailbox,
  IconMailForward,
  IconMailUp,
  IconRoute,
  IconSettings,
  IconSignRight,
  IconWorld,
  type TablerIcon,
} from '@tabler/icons-react';
import { useId } from 'react';
import { Link, NavLink as RouterNavLink, useLocation } from 'react-router';
import { useMay } from '../api/session.ts';
import { AlarmBell } from './AlarmBell.tsx';
import { Brand } from './Brand.tsx';
import { ConnectionState } from './ConnectionState.tsx';
import classes from './Navigation.module.css';
import { UserMenu } from './UserMenu.tsx';

interface Entry {
  to: string;
  label: string;
  icon: TablerIcon;
}

const entries: readonly Entry[] = [
  { to: '/', label: 'Start', icon: IconHome },
  { to: '/flows', label: 'Flows', icon: IconRoute },
  { to: '/interactions', label: 'Interactions', icon: IconMail },
  { to: '/queues', label: 'Queues', icon: IconInbox },
  { to: '/lists', label: 'Lists', icon: IconListSearch },
  { to: '/schedules', label: 'Schedules', icon: IconCalendarClock },
  { to: '/outbox', label: 'Outbox', icon: IconMailForward },
  { to: '/quarantine', label: 'Quarantine', icon: IconBiohazard },
  { to: '/ledger', label: 'Ledger', icon: IconListDetails },
];
/** Where mail comes in and goes out. */
const mail: readonly Entry[] = [
  { to: '/mailboxes', label: 'Mailboxes', icon: IconMailbox },
  { to: '/routes', label: 'Routes', icon: IconSignRight },
  { to: '/domains', label: 'Domains', icon: IconWorld },
  { to: '/from-addresses', label: 'From addresses', icon: IconMailUp },
  { to: '/authorisations', label: 'Authorisations', icon: IconKey },
];
const settings: Entry = { to: '/settings', label: 'Settings', icon: IconSettings };

export function Navigation({ isRail }: { isRail: boolean }) {
  const hasSettings = useMay('draw');
  const mailId = useId();

  return (
    <Stack h="100%" gap={0} className={classes.navigation}>
      <Box visibleFrom="48em" px={isRail ? 16 : 14} py={14}>
        <Link to="/" className={classes.brand} aria-label="Sluice, start page">
          <Brand iconOnly={isRail} />
        </Link>
      </Box>
      <Stack component="nav" aria-label="Main" gap={2} px={8} pt={{ base: 8, xs: 4 }} flex={1}>
        {entries.map((entry) => (
          <NavigationLink key={entry.to} entry={entry} isRail={isRail} />
        ))}
        {isRail ? (
          <Divider my={6} />
        ) : (
          <Text size="xs" fw={600} c="var(--sluice-muted)" px={10} pt={10} pb={2} id={mailId}>
            Mail
          </Text>
        )}
        <Stack
          gap={2}
          role="group"
          aria-label={isRail ? 'Mail' : undefined}
          aria-labelledby={isRail ? undefined : mailId}
        >
          {mail.map((entry) => (
            <NavigationLink key={entry.to} entry={entry} isRail={isRail} />
          ))}
        </Stack>
        {hasSettings && (
          <>
            <Divider my={6} />
            <NavigationLink entry={settings} isRail={isRail} />
          </>
        )}
      </Stack>
      <Stack gap={4} p={8} align={isRail ? 'center' : 'stretch'}>
        <AlarmBell isRail={isRail} />
        <ConnectionState isRail={isRail} />
        <UserMenu isRail={isRail} />
      </Stack>
    </Stack>
  );
}

function NavigationLink({ entry, isRail }: { entry: Entry; isRail: boolean }) {
  const { pathname } = useLocation();
  const isActive = entry.to === '/' ? pathname === '/' : pathname.startsWith(entry.to);
  return (
    <Tooltip label={entry.label} position="right" disabled={!isRail}>
      <NavLink
        component={RouterNavLink}
        to={entry.to}
        active={isActive}
        aria-label={isRail ? entry.label : undefined}
        label={isRail ? undefined : entry.label}
        leftSection={<entry.icon size={18} stroke={1.7} />}
        className={classes.link}
        data-rail={isRail || undefined}
      />
    </Tooltip>
  );
}
