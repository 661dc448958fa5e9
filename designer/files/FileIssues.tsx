import { Alert, Code, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react';
import type { ReadFlowFile } from './flow-file.ts';

/** More are seen in the editor, beside what they are about. */
const maxListed = 8;

/** What is wrong with a flow file: that it cannot be opened at all, or what has to be mended once it is open. */
export function FileIssues({ file: { flow, issues } }: { file: ReadFlowFile }) {
  if (issues.length === 0) return null;
  const Icon = flow === null ? IconExclamationCircle : IconAlertTriangle;
  const count = issues.length === 1 ? '1 problem' : `${issues.length} problems`;
  return (
    <Alert
      color={flow === null ? 'red' : 'yellow'}
      icon={<Icon size={18} />}
      title={
        flow === null ? 'This file is not a flow that can be opened' : `${count}, to be mended before it is published`
      }
      radius={0}
      p="sm"
    >
      <List size="sm" spacing={4}>
        {issues.slice(0, maxListed).map((issue) => (
          <List.Item key={`${issue.path} ${issue.code} ${issue.message}`}>
            {issue.path !== '' && <Code>{issue.path}</Code>} {issue.message}
          </List.Item>
        ))}
      </List>
      {issues.length > maxListed && <Text size="xs">and {issues.length - maxListed} more</Text>}
    </Alert>
  );
}
