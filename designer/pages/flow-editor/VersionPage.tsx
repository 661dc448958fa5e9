import { ActionIcon, Anchor, Badge, Button, Center, Group, Loader, Text, Tooltip } from '@mantine/core';
import { IconFlame, IconHistory, IconLink, IconRestore } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useStore } from 'zustand';
import type { Flow } from '../../../schemas/flow.ts';
import { mainSheet, type SheetId } from '../../../schemas/sheet.ts';
import { useFlowVersion } from '../../api/flows.ts';
import { useMay } from '../../api/session.ts';
import { HeatLayer } from '../../heat/HeatLayer.tsx';
import { Inspector } from '../../inspector/Inspector.tsx';
import { copyLink } from '../../shell/copy-link.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { createEditorStore, type EditorStore } from '../../state/editor-store.ts';
import { EditorContext, useEditor } from '../../state/useEditor.ts';
import classes from './FlowEditor.module.css';
import { FlowNotLoaded } from './FlowNotLoaded.tsx';
import { VersionCanvas } from './VersionCanvas.tsx';

interface VersionPageProps {
  id: string;
  version: number;
  /** The action to begin at. */
  at: { action: string; sheet: SheetId } | null;
}

/** A published version, to read. A link can lead to one action of it. */
export function VersionPage({ id, version, at }: VersionPageProps) {
  const query = useFlowVersion(id, version);
  if (query.data === undefined) {
    if (query.error !== null) return <FlowNotLoaded id={id} error={query.error} onRetry={query.refetch} />;
    return (
      <Center h="var(--sluice-page-height)" p="lg">
        <Loader role="progressbar" aria-label="Loading the version" />
      </Center>
    );
  }
  const { author, message, publishedAt, document } = query.data;
  return (
    <ReadVersion id={id} version={version} at={at} flow={document}>
      <bdi>{author}</bdi>, <RelativeTime at={publishedAt} />: <bdi>{message}</bdi>
    </ReadVersion>
  );
}

function ReadVersion({ id, version, at, flow, children }: VersionPageProps & { flow: Flow; children: ReactNode }) {
  const store = useMemo(() => createEditorStore(flow, { isReadOnly: true }), [flow]);
  const [isHeatOn, setIsHeatOn] = useState(false);
  const toggleHeat = () => setIsHeatOn(!isHeatOn);
  useEffect(() => {
    if (at !== null) store.getState().show(at.action, undefined, at.sheet);
  }, [at, store]);
  return (
    <EditorContext value={store}>
      <div className={classes.root}>
        <title>{`${flow.name}, version ${version} · Sluice`}</title>
        <header className={classes.toolbar}>
          <Group gap="xs" wrap="nowrap" flex={1} miw={0}>
            <Anchor component={Link} to="/flows" size="sm" c="var(--sluice-muted)" style={{ flex: 'none' }}>
              Flows
            </Anchor>
            <Text c="var(--sluice-muted)" aria-hidden>
              /
            </Text>
            <Text component="h1" fw={600} size="md" truncate="end">
              {flow.name}
            </Text>
            <Badge style={{ flex: 'none' }}>version {version}</Badge>
            <Text size="xs" c="var(--sluice-muted)" truncate="end" visibleFrom="lg">
              {children}
            </Text>
          </Group>
          <Tooltip label="How many mails went which way">
            <ActionIcon aria-label="Show the traffic" aria-pressed={isHeatOn} onClick={toggleHeat}>
              <IconFlame size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
          <VersionActions id={id} version={version} store={store} />
        </header>
        <div className={classes.middle} data-left="none">
          <div className={classes.canvas}>
            <VersionHeat id={id} version={version} isOn={isHeatOn} onClose={toggleHeat}>
              <VersionCanvas flow={flow} />
            </VersionHeat>
          </div>
          <Inspector />
        </div>
      </div>
    </EditorContext>
  );
}

interface VersionHeatProps {
  id: string;
  version: number;
  isOn: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** The traffic of the sheet that is open. */
function VersionHeat({ id, version, isOn, onClose, children }: VersionHeatProps) {
  const sheet = useEditor((state) => state.sheet);
  return (
    <div className={classes.surface}>
      <HeatLayer flow={id} version={version} sheet={sheet} isOn={isOn} onClose={onClose}>
        {children}
      </HeatLayer>
    </div>
  );
}

function VersionActions({ id, version, store }: { id: string; version: number; store: EditorStore }) {
  const mayDraw = useMay('draw');
  const navigate = useNavigate();
  const action = useStore(store, (state) => state.selection[0]);
  const copy = () => {
    const { sheet } = store.getState();
    const parameters = new URLSearchParams({ version: String(version) });
    if (sheet !== mainSheet) parameters.set('task', sheet);
    if (action !== undefined) parameters.set('action', action);
    void copyLink(`/flows/${id}?${parameters}`);
  };
  return (
    <Group gap={8} wrap="nowrap">
      <Tooltip label={action === undefined ? 'Copy a link to this version' : 'Copy a link to this card'}>
        <ActionIcon aria-label={action === undefined ? 'Copy link' : 'Copy link to card'} onClick={copy}>
          <IconLink size={17} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="History">
        <ActionIcon aria-label="History" onClick={() => void navigate(`/flows/${id}/history?to=${version}`)}>
          <IconHistory size={17} />
        </ActionIcon>
      </Tooltip>
      {mayDraw && (
        <Button
          variant="default"
          leftSection={<IconRestore size={15} />}
          onClick={() => void navigate(`/flows/${id}?restore=${version}`)}
        >
          Restore
        </Button>
      )}
      <Button onClick={() => void navigate(`/flows/${id}`)}>Open the editor</Button>
    </Group>
  );
}
