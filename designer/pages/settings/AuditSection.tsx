import { Paper, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import type { AuditChange, AuditItem } from '../../../schemas/api/audit.ts';
import { useAudit } from '../../api/audit.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { ListSearch } from '../../shell/ListSearch.tsx';
import { LoadMore } from '../../shell/LoadMore.tsx';
import { LookingOn } from '../../shell/LookingOn.tsx';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { Resource } from '../../shell/Resource.tsx';
import classes from './AuditSection.module.css';
import { Section } from './Section.tsx';

/** Not at every letter: each asks the whole log. */
const patienceMs = 300;

/** Who changed what. */
export function AuditSection() {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), patienceMs);
  const audit = useAudit(search);
  return (
    <Section
      title="Audit log"
      description="Every change that somebody made, by page or by script, with what stood there before, and who signed in or was refused. Passwords and keys never stand here."
    >
      <ListSearch
        label="Search the audit log"
        placeholder="A person, a mailbox, a setting…"
        maw="100%"
        value={text}
        onChange={setText}
      />
      <Resource query={audit} name="The audit log" rows={6}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0 && audit.hasNextPage) return <LookingOn query={audit} noun="changes" />;
          return items.length === 0 ? (
            <EmptyNote icon={IconHistory} title={search ? 'No change matches' : 'No change yet'}>
              Adding a mailbox, publishing a flow, claiming a mail: each leaves a line here.
            </EmptyNote>
          ) : (
            <Paper radius="md">
              <Stack component="ol" gap={0} className={classes.log} aria-label="Changes">
                {items.map((item) => (
                  <Entry key={item.id} item={item} />
                ))}
              </Stack>
              <LoadMore query={audit} count={items.length} noun="change" />
            </Paper>
          );
        }}
      </Resource>
    </Section>
  );
}

function Entry({ item }: { item: AuditItem }) {
  const targets = Object.values(item.target);
  return (
    <li className={classes.entry}>
      <div className={classes.head}>
        <Text size="sm" fw={500} className={classes.what}>
          {item.what.replace(/[;:].*$/, '')}
          {targets.length > 0 && (
            <Text span size="sm" fw={400} c="var(--sluice-muted)">
              {' · '}
              <bdi>{targets.join(' / ')}</bdi>
            </Text>
          )}
        </Text>
        <RelativeTime at={item.at} />
      </div>
      <Text size="xs" c="var(--sluice-muted)">
        <bdi>{item.who.name || 'Nobody signed in'}</bdi>
        {item.who.by === 'token' && ' (token)'}
        {item.who.role && `, ${item.who.role}`}
        {item.address && ` · ${item.address}`}
      </Text>
      {item.changes.length > 0 && (
        <details className={classes.changes}>
          <summary>{item.changes.length === 1 ? '1 value' : `${item.changes.length} values`}</summary>
          <dl>
            {item.changes.map((change, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: written once, never reordered
              <Change key={index} change={change} />
            ))}
          </dl>
        </details>
      )}
    </li>
  );
}

function Change({ change: { path, before, after } }: { change: AuditChange }) {
  return (
    <>
      <dt>
        <bdi>{path}</bdi>
      </dt>
      <dd>
        {before !== null && <del>{before}</del>}
        {after !== null && <ins>{after}</ins>}
      </dd>
    </>
  );
}
