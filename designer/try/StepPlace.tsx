import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { Flow } from '../../schemas/flow.ts';
import type { Step } from '../../schemas/run.ts';
import { mainSheet } from '../../schemas/sheet.ts';
import { useModules, useTaskNames } from '../api/flows.ts';

/** Where a step stands that is not on the flow's own sheet. A module is named with the version that ran, and leads to it. */
export function StepPlace({ step, flow }: { step: Step; flow: Partial<Flow> | undefined }) {
  const modules = useModules().data?.items;
  const { action, task, flow: module, version = null } = step;
  const place = { flow: module ?? '', version, sheet: task ?? mainSheet };
  const taskName = useTaskNames(module === undefined ? [] : [place]);
  if (module === undefined) {
    if (task === undefined) return null;
    return (
      <Text size="xs" c="var(--sluice-muted)">
        In the task <bdi>{flow?.tasks?.[task]?.name ?? task}</bdi>
      </Text>
    );
  }
  const search = new URLSearchParams({
    ...(version === null ? {} : { version: String(version) }),
    action,
    ...(task === undefined ? {} : { task }),
  });
  return (
    <Text size="xs" c="var(--sluice-muted)">
      In the module <bdi>{modules?.find(({ id }) => id === module)?.name ?? module}</bdi>
      {version !== null && `, version ${version}`}
      {task !== undefined && (
        <>
          , task <bdi>{taskName(place)}</bdi>
        </>
      )}
      :{' '}
      <Anchor component={Link} to={`/flows/${module}?${search}`} inherit>
        show it there
      </Anchor>
    </Text>
  );
}
