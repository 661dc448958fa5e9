import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react';
import { use } from 'react';
import type { Issue } from '../../../schemas/issue.ts';
import { findSheet, mainSheet } from '../../../schemas/sheet.ts';
import { IssuesContext } from '../../problems/IssuesContext.ts';
import { useEditor } from '../../state/useEditor.ts';

/** More would push the changes out of sight. */
const maxListed = 3;

/** Open problems before publishing: errors stand in the way, warnings are worth a look. */
export function PublishIssues() {
  const { issues } = use(IssuesContext);
  const errors = issues.filter(({ severity }) => severity === 'error');
  const warnings = issues.filter(({ severity }) => severity === 'warning');
  return (
    <>
      {errors.length > 0 && <IssueList color="red" title="These problems stand in the way" issues={errors} />}
      {warnings.length > 0 && <IssueList color="yellow" title="Look at these first" issues={warnings} />}
    </>
  );
}

function IssueList({ color, title, issues }: { color: string; title: string; issues: readonly Issue[] }) {
  const flow = useEditor((state) => state.history.flow);
  const Icon = color === 'red' ? IconExclamationCircle : IconAlertTriangle;
  const nameOf = ({ action = '', task }: Issue) => findSheet(flow, task ?? mainSheet)?.actions[action]?.name ?? action;
  return (
    <Alert color={color} title={title} icon={<Icon size={18} />} radius={0} p="sm">
      <List size="sm" spacing={4}>
        {issues.slice(0, maxListed).map((issue) => (
          <List.Item key={`${issue.path} ${issue.code} ${issue.message}`}>
            {issue.action !== undefined && <b>{nameOf(issue)}: </b>}
            {issue.message}
          </List.Item>
        ))}
      </List>
      {issues.length > maxListed && <Text size="xs">and {issues.length - maxListed} more in the problems panel</Text>}
    </Alert>
  );
}
