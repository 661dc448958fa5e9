import { Anchor, Text } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'react-router';
import type { FilterUse, UsedBy as Flows } from '../../schemas/api/lists.ts';
import table from './table.module.css';

interface UsedByProps {
  flows: Flows;
  filters?: readonly FilterUse[];
}

/** The published flows and the filters that name something, each leading to it. */
export function UsedBy({ flows, filters = [] }: UsedByProps) {
  if (flows.length + filters.length === 0) {
    return (
      <Text size="sm" c="var(--sluice-muted)">
        no published flow
      </Text>
    );
  }
  return (
    <Text size="sm" className={table.above ?? ''} span>
      {flows.map(({ id, name }, index) => (
        <Fragment key={id}>
          {index > 0 && ', '}
          <Anchor component={Link} to={`/flows/${id}`} size="sm">
            <bdi>{name}</bdi>
          </Anchor>
        </Fragment>
      ))}
      {filters.map(({ mailbox, name }, index) => (
        <Fragment key={mailbox}>
          {flows.length + index > 0 && ', '}
          <Anchor component={Link} to={mailbox === null ? '/settings/filters' : `/mailboxes/${mailbox}`} size="sm">
            the filters of <bdi>{name}</bdi>
          </Anchor>
        </Fragment>
      ))}
    </Text>
  );
}
