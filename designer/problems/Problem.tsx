import { Button, Group, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Issue } from '../../schemas/issue.ts';
import { findSheet, mainSheet } from '../../schemas/sheet.ts';
import { useEditor } from '../state/useEditor.ts';
import type { FixKnown } from './fixes/fix.ts';
import classes from './ProblemsPanel.module.css';
import { useFixes } from './useFixes.ts';

interface ProblemProps {
  issue: Issue;
  known: FixKnown;
  isCurrent: boolean;
  onOpen: () => void;
}

/** One thing that is wrong: leads to its place, and offers what would mend it. */
export function Problem({ issue, known, isCurrent, onOpen }: ProblemProps) {
  const name = useEditor((state) =>
    issue.action === undefined
      ? undefined
      : findSheet(state.history.flow, issue.task ?? mainSheet)?.actions[issue.action]?.name,
  );
  const { fixes, apply } = useFixes(issue, known);
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  const isError = issue.severity === 'error';
  return (
    <div ref={row} className={classes.problem} data-current={isCurrent || undefined}>
      {isError ? (
        <IconExclamationCircle size={16} color="var(--mantine-color-red-6)" role="img" aria-label="Error" />
      ) : (
        <IconAlertTriangle size={16} color="var(--mantine-color-yellow-6)" role="img" aria-label="Warning" />
      )}
      <UnstyledButton className={classes.message} aria-current={isCurrent || undefined} onClick={onOpen}>
        <b>{name ?? 'Flow'}</b> {issue.message}
      </UnstyledButton>
      <Group gap={4} className={classes.fixes}>
        {fixes.map((fix, index) => (
          <Button
            key={fix.label}
            size="compact-xs"
            variant={index === 0 ? 'light' : 'default'}
            onClick={() => apply(fix)}
          >
            {fix.label}
          </Button>
        ))}
      </Group>
    </div>
  );
}
