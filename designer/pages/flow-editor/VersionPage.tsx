import { ActionIcon, Anchor, Badge, Center, Group, Loader, Text, Tooltip } from '@mantine/core';
import { IconFlame } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { Flow } from '../../../schemas/flow.ts';
import { mainSheet } from '../../../schemas/sheet.ts';
import { useFlowVersion } from '../../api/flows.ts';
import { RunView } from '../../canvas/RunView.tsx';
import { HeatLayer } from '../../heat/HeatLayer.tsx';
import { Inspector } from '../../inspector/Inspector.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { createEditorStore } from '../../state/editor-store.ts';
import { EditorContext } from '../../state/useEditor.ts';
import classes from './FlowEditor.module.css';

/** A published version, to read. */
export function VersionPage({ id, version }: { id: string; version: number }) {
  const query = useFlowVersion(id, version);
  const [isHeatOn, setIsHeatOn] = useState(false);
  const toggleHeat = () => setIsHeatOn(!isHeatOn);
  if (query.data === undefined) {
    return (
      <Center h="var(--sluice-page-height)" p="lg">
        {query.error === null ? (
          <Loader aria-label="Loading the version" />
        ) : (
          <ErrorNote error={query.error} title="The version could not be loaded" onRetry={() => query.refetch()} />
        )}
      </Center>
    );
  }
  const { author, message, publishedAt, document } = query.data;
  return (
    <div className={classes.root}>
      <title>{`${document.name}, version ${version} · Sluice`}</title>
      <header className={classes.toolbar}>
        <Group gap="xs" wrap="nowrap" flex={1} miw={0}>
          <Anchor component={Link} to="/flows" size="sm" c="var(--sluice-muted)">
            Flows
          </Anchor>
          <Text c="var(--sluice-muted)">/</Text>
          <Text fw={600} truncate="end">
            {document.name}
          </Text>
          <Badge>version {version}</Badge>
          <Text size="xs" c="var(--sluice-muted)" truncate="end">
            {new Date(publishedAt).toLocaleString()} by {author}: {message}
          </Text>
        </Group>
        <Tooltip label="How many mails went which way">
          <ActionIcon aria-label="Show the traffic" aria-pressed={isHeatOn} onClick={toggleHeat}>
            <IconFlame size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <Anchor component={Link} to={`/flows/${id}`} size="sm">
          Open the editor
        </Anchor>
      </header>
      <VersionView flow={document} version={version} isHeatOn={isHeatOn} onHeat={toggleHeat} />
    </div>
  );
}

interface VersionViewProps {
  flow: Flow;
  version: number;
  isHeatOn: boolean;
  onHeat: () => void;
}

function VersionView({ flow, version, isHeatOn, onHeat }: VersionViewProps) {
  const store = useMemo(() => createEditorStore(flow, { isReadOnly: true }), [flow]);
  const [run] = useState(null);
  return (
    <EditorContext value={store}>
      <div className={classes.middle} data-left="none">
        <div className={classes.canvas}>
          <div className={classes.surface}>
            <HeatLayer flow={flow.id} version={version} sheet={mainSheet} isOn={isHeatOn} onClose={onHeat}>
              <RunView
                flow={flow}
                run={run}
                onSelect={(action) => store.getState().select(action === null ? [] : [action])}
              />
            </HeatLayer>
          </div>
        </div>
        <Inspector />
      </div>
    </EditorContext>
  );
}
