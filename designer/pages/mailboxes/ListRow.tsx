import { ActionIcon, Anchor, Badge, Collapse, Switch, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight, IconMailDown, IconMailUp } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import classes from './ListRow.module.css';

interface ListRowProps {
  direction: 'inbound' | 'outbound';
  name: string;
  /** Leads to the form; none for who may not change it, and where there is none. */
  to: string | undefined;
  /** Beside the name, such as that it is the default. */
  mark?: string;
  address: string;
  type: string;
  state: { text: string; colour: string };
  /** How many mails it is behind, or how many wait. */
  amount: string;
  lastSuccessAt: string | undefined;
  isEnabled: boolean;
  /** Undefined for who may not. */
  onToggle: (() => void) | undefined;
  isToggling: boolean;
  menu: ReactNode;
  /** What is wrong, if something is: always to be seen. */
  problem: ReactNode;
  details: ReactNode;
}

/** One mailbox in the list: a line to scan, with the rest behind it. */
export function ListRow(row: ListRowProps) {
  const [isOpen, { toggle }] = useDisclosure(false);
  const id = useId();
  const Icon = row.direction === 'inbound' ? IconMailDown : IconMailUp;
  return (
    <article className={classes.item} aria-label={row.name}>
      <div className={classes.row}>
        <Tooltip label={row.direction === 'inbound' ? 'Inbound' : 'Outbound'}>
          <Icon size={18} stroke={1.6} color="var(--sluice-muted)" aria-label={row.direction} />
        </Tooltip>
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={500} truncate="end">
            {row.to === undefined ? (
              row.name
            ) : (
              <Anchor component={Link} to={row.to} inherit c="inherit">
                {row.name}
              </Anchor>
            )}
            {row.mark && (
              <Badge ml={8} size="xs" variant="outline" color="gray">
                {row.mark}
              </Badge>
            )}
          </Text>
          <Text size="xs" c="var(--sluice-muted)" truncate="end">
            {row.address}
          </Text>
        </div>
        <div className={`${classes.quiet} ${classes.type}`}>{row.type}</div>
        <Badge color={row.state.colour}>{row.state.text}</Badge>
        <div className={`${classes.quiet} ${classes.amount}`}>{row.amount}</div>
        <div className={`${classes.quiet} ${classes.last}`}>
          {row.lastSuccessAt ? <RelativeTime at={row.lastSuccessAt} /> : '–'}
        </div>
        {row.onToggle ? (
          <Switch
            size="xs"
            aria-label={`${row.name} is switched on`}
            checked={row.isEnabled}
            disabled={row.isToggling}
            onChange={row.onToggle}
          />
        ) : (
          <span />
        )}
        <ActionIcon aria-label={`Details of ${row.name}`} aria-expanded={isOpen} aria-controls={id} onClick={toggle}>
          {isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
        </ActionIcon>
        {row.menu ?? <span />}
      </div>
      {row.problem && <div className={classes.details}>{row.problem}</div>}
      <Collapse expanded={isOpen} id={id}>
        <div className={classes.details}>{row.details}</div>
      </Collapse>
    </article>
  );
}
