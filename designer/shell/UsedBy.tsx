import { Anchor, Text } from '@mantine/core';
import { Fragment } from 'react';
import { Link } from 'react-router';
import type { UsedBy as Flows } from '../../schemas/api/lists.ts';
import table from './table.module.css';

/** The published flows that name something, each leading to it. */
export function UsedBy({ flows }: { flows: Flows }) {
  if (flows.length === 0) {
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
    </Text>
  );
}
