import { ActionIcon, Group, ScrollArea, SegmentedControl, Text } from '@mantine/core';
import { IconCircleCheck, IconX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { CommandButton } from '../commands/CommandButton.tsx';
import { useCommandContext } from '../commands/useCommands.ts';
import { Problem } from './Problem.tsx';
import classes from './ProblemsPanel.module.css';
import { shownProblems } from './problems-store.ts';
import { showProblem } from './show-problem.ts';
import { useFixKnown } from './useFixes.ts';

/** Nobody works through more at once, and each has its fixes to be worked out. */
const maxShown = 100;

/** Everything that is wrong with the flow, each line leading to where it is, with what would mend it. */
export function ProblemsPanel({ onClose }: { onClose: () => void }) {
  const { problems, store } = useCommandContext();
  const known = useFixKnown();
  const issues = useStore(problems, (state) => state.issues);
  const filter = useStore(problems, (state) => state.filter);
  const at = useStore(problems, (state) => state.at);
  const shown = shownProblems({ issues, filter });
  // The window follows whoever goes on by key.
  const from = Math.max(0, Math.min(shown.length - maxShown, (at ?? 0) - Math.floor(maxShown / 2)));
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  return (
    <section className={classes.root} aria-label="Problems">
      <Group justify="space-between" px="md" py={6} gap={4} wrap="nowrap">
        <Group gap="sm" wrap="nowrap">
          <Text fw={600} size="sm" className={issues.length === 0 ? undefined : classes.title}>
            {issues.length === 0 ? 'No problems' : 'Problems'}
          </Text>
          {issues.length > 0 && (
            <SegmentedControl
              size="xs"
              aria-label="Which problems"
              value={filter}
              onChange={(value) => problems.getState().show(value === 'error' || value === 'warning' ? value : 'all')}
              data={[
                { value: 'all', label: `All ${issues.length}` },
                { value: 'error', label: `Errors ${errors}` },
                { value: 'warning', label: `Warnings ${issues.length - errors}` },
              ]}
            />
          )}
        </Group>
        <Group gap={2} wrap="nowrap">
          <CommandButton id="former-problem" />
          <CommandButton id="next-problem" />
          <ActionIcon size="sm" aria-label="Close the problems" onClick={onClose}>
            <IconX size={14} />
          </ActionIcon>
        </Group>
      </Group>
      <ScrollArea className={classes.list} type="auto" scrollbars="y">
        {shown.length === 0 && (
          <Group gap={8} px="md" pb="md" c="var(--sluice-muted)">
            <IconCircleCheck size={16} color="var(--mantine-color-green-6)" />
            <Text size="sm">
              {issues.length === 0 ? 'Nothing stands in the way of publishing.' : 'None of this kind.'}
            </Text>
          </Group>
        )}
        <ul>
          {shown.slice(from, from + maxShown).map((issue, offset) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two issues can be alike, and the list is replaced as a whole
            <li key={from + offset}>
              <Problem
                issue={issue}
                known={known}
                isCurrent={at === from + offset}
                onOpen={() => {
                  problems.getState().lookAt(from + offset);
                  showProblem(store, issue);
                }}
              />
            </li>
          ))}
        </ul>
        {shown.length > maxShown && (
          <Text size="xs" c="var(--sluice-muted)" px="md" pb="xs">
            {from > 0 ? `${from} before, ` : ''}
            {shown.length - from - maxShown} more after these
          </Text>
        )}
      </ScrollArea>
    </section>
  );
}
