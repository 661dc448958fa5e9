import { ActionIcon, Group, ScrollArea, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle, IconX } from '@tabler/icons-react';
import { use } from 'react';
import type { Issue } from '../../schemas/issue.ts';
import { findSheet, mainSheet } from '../../schemas/sheet.ts';
import { useEditor, useEditorStore } from '../state/useEditor.ts';
import { IssuesContext } from './IssuesContext.ts';
import classes from './ProblemsPanel.module.css';
import { settingOf } from './setting-of.ts';

/** Everything that is wrong with the flow, each line leading to where it is. */
export function ProblemsPanel({ onClose }: { onClose: () => void }) {
  const { issues } = use(IssuesContext);
  return (
    <section className={classes.root} aria-label="Problems">
      <Group justify="space-between" px="md" py={6}>
        <Text fw={600} size="sm">
          {issues.length === 0 ? 'No problems' : `Problems (${issues.length})`}
        </Text>
        <ActionIcon size="sm" aria-label="Close the problems" onClick={onClose}>
          <IconX size={14} />
        </ActionIcon>
      </Group>
      <ScrollArea className={classes.list} type="auto">
        {issues.length === 0 && (
          <Group gap={8} px="md" pb="md" c="var(--sluice-muted)">
            <IconCircleCheck size={16} color="var(--mantine-color-green-6)" />
            <Text size="sm">Nothing stands in the way of publishing.</Text>
          </Group>
        )}
        <ul>
          {issues.map((issue, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two issues can be alike, and the list is replaced as a whole
            <li key={index}>
              <Problem issue={issue} />
            </li>
          ))}
        </ul>
      </ScrollArea>
    </section>
  );
}

function Problem({ issue }: { issue: Issue }) {
  const store = useEditorStore();
  const name = useEditor((state) =>
    issue.action === undefined
      ? undefined
      : findSheet(state.history.flow, issue.task ?? mainSheet)?.actions[issue.action]?.name,
  );
  const isError = issue.severity === 'error';
  const open = () => {
    const { show, select, openSheet } = store.getState();
    const sheet = issue.task ?? mainSheet;
    openSheet(sheet);
    if (issue.action === undefined) select([]);
    else show(issue.action, settingOf(issue), sheet);
  };
  return (
    <UnstyledButton className={classes.problem} onClick={open}>
      {isError ? (
        <IconExclamationCircle size={16} color="var(--mantine-color-red-6)" aria-label="Error" />
      ) : (
        <IconAlertTriangle size={16} color="var(--mantine-color-yellow-6)" aria-label="Warning" />
      )}
      <span>
        <b>{name ?? 'Flow'}</b> {issue.message}
      </span>
    </UnstyledButton>
  );
}
