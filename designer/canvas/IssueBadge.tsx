import { Tooltip } from '@mantine/core';
import { IconAlertTriangleFilled, IconExclamationCircleFilled } from '@tabler/icons-react';
import { use } from 'react';
import { hasErrors } from '../../schemas/issue.ts';
import classes from './ActionCard.module.css';
import { IssueBadgesContext } from './IssueBadgesContext.ts';

/** That something is wrong with any of these actions, and what. */
export function IssueBadge({ actions }: { actions: readonly string[] }) {
  const badges = use(IssueBadgesContext);
  const issues = actions.flatMap((id) => badges.get(id) ?? []);
  if (issues.length === 0) return null;
  const isError = hasErrors(issues);
  const Mark = isError ? IconExclamationCircleFilled : IconAlertTriangleFilled;
  const label = issues.map((issue) => issue.message).join('\n');
  return (
    <Tooltip label={label} multiline maw={320} style={{ whiteSpace: 'pre-line' }}>
      <Mark size={17} className={isError ? classes.error : classes.warning} role="img" aria-label={label} />
    </Tooltip>
  );
}
