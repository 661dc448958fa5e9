import { Anchor, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useHistory } from '../../api/flows.ts';
import { useNames } from '../../api/useNames.ts';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { comparedVersions } from './compared-versions.ts';
import classes from './FlowHistoryPage.module.css';
import { VersionList } from './VersionList.tsx';
import { VersionsCompared } from './VersionsCompared.tsx';

/** `/flows/:id/history`: every version with who, when and why; any two of them compared (`?from=`, `?to=`). */
export function FlowHistoryPage() {
  const { id = '' } = useParams();
  const history = useHistory(id);
  const name = useNames().flow(id);
  const [parameters, setParameters] = useSearchParams();
  return (
    <div className={classes.root}>
      <title>{`History of ${name} · Sluice`}</title>
      <header className={classes.toolbar}>
        <Group gap={8} wrap="nowrap" flex={1} miw={0}>
          <Anchor component={Link} to="/flows" size="sm" c="var(--sluice-muted)">
            Flows
          </Anchor>
          <Text c="var(--sluice-muted)" aria-hidden>
            /
          </Text>
          <Anchor component={Link} to={`/flows/${id}`} size="sm" c="var(--sluice-muted)" truncate="end">
            {name}
          </Anchor>
          <Text c="var(--sluice-muted)" aria-hidden>
            /
          </Text>
          <Text component="h1" fw={600} size="md">
            History
          </Text>
        </Group>
      </header>
      <Resource query={history} name="The history">
        {({ items }) => {
          const versions = items.flatMap(({ version }) => (version === null ? [] : [version]));
          const { from, to } = comparedVersions(versions, parameters);
          const compare = (earlier: number | null, later: number) =>
            setParameters(
              { ...(earlier === null ? {} : { from: String(earlier) }), to: String(later) },
              { replace: true },
            );
          return to === null ? (
            <EmptyNote icon={IconHistory} title="Never published">
              Publish the flow, and each version is listed here with who published it, when and why, ready to be
              compared and restored.
            </EmptyNote>
          ) : (
            <div className={classes.middle}>
              <VersionList id={id} entries={items} from={from} to={to} onCompare={compare} />
              <VersionsCompared key={`${from} ${to}`} id={id} from={from} to={to} />
            </div>
          );
        }}
      </Resource>
    </div>
  );
}
