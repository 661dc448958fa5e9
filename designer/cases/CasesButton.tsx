import { Button, Group, Tooltip } from '@mantine/core';
import { IconExclamationCircle } from '@tabler/icons-react';
import { use } from 'react';
import { CommandButton } from '../commands/CommandButton.tsx';
import { useCommand } from '../commands/useCommands.ts';
import { CaseRunContext } from './CaseRunContext.tsx';
import { casesInWords } from './cases-in-words.ts';

/** Opens the cases; says how many the draft no longer passes. */
export function CasesButton() {
  const { run: toggle, isOn, command } = useCommand('cases');
  const { run } = use(CaseRunContext);
  const Icon = command.icon;
  if (run === null || run.failed === 0 || Icon === undefined) return <CommandButton id="cases" />;
  return (
    <Tooltip label={`${casesInWords(run)} (Shift T)`}>
      <Button
        variant={isOn ? 'light' : 'default'}
        px={8}
        aria-pressed={isOn}
        aria-label={`${command.title}: ${casesInWords(run)}`}
        onClick={toggle}
      >
        <Group gap={6} wrap="nowrap">
          <Icon size={16} stroke={1.7} />
          <Group gap={3} wrap="nowrap">
            <IconExclamationCircle size={16} color="var(--mantine-color-red-6)" />
            {run.failed}
          </Group>
        </Group>
      </Button>
    </Tooltip>
  );
}
