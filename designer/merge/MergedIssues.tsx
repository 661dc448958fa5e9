import { Group, Text, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react';
import type { Flow } from '../../schemas/flow.ts';
import { findSheet, mainSheet, type SheetId } from '../../schemas/sheet.ts';
import { useIssues } from '../problems/useIssues.ts';

/** More are seen in the editor, where they can be mended. */
const maxListed = 6;

/** What the checks say of the merged flow, after each choice. */
export function MergedIssues({ flow, onShow }: { flow: Flow; onShow: (action: string, sheet: SheetId) => void }) {
  const {
    found: { issues },
    isCurrent,
  } = useIssues(flow);
  if (issues.length === 0) {
    return (
      <Group gap={6} px={12} py={10} wrap="nowrap" c="var(--sluice-muted)">
        <IconCircleCheck size={15} aria-hidden />
        <Text size="xs">{isCurrent ? 'The merged flow has no problems.' : 'Checking the merged flow…'}</Text>
      </Group>
    );
  }
  return (
    <section aria-label="Problems of the merged flow">
      <Text size="xs" fw={600} px={12} pt={10} pb={4}>
        Problems of the merged flow
      </Text>
      {issues.slice(0, maxListed).map((issue) => {
        const Icon = issue.severity === 'error' ? IconExclamationCircle : IconAlertTriangle;
        const sheet = issue.task ?? mainSheet;
        const { action = '' } = issue;
        const name = findSheet(flow, sheet)?.actions[action]?.name;
        return (
          <UnstyledButton
            key={`${issue.path} ${issue.code} ${issue.message}`}
            px={12}
            py={4}
            w="100%"
            fz={12}
            display="flex"
            style={{ gap: 6 }}
            disabled={name === undefined}
            onClick={() => onShow(action, sheet)}
          >
            <Icon
              size={15}
              style={{ flex: 'none' }}
              color={`var(--mantine-color-${issue.severity === 'error' ? 'red' : 'yellow'}-6)`}
              aria-label={issue.severity === 'error' ? 'Error' : 'Warning'}
            />
            <span>
              {name !== undefined && <b>{name} </b>}
              {issue.message}
            </span>
          </UnstyledButton>
        );
      })}
      {issues.length > maxListed && (
        <Text size="xs" c="var(--sluice-muted)" px={12} py={4}>
          and {issues.length - maxListed} more
        </Text>
      )}
    </section>
  );
}
