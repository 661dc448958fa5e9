import { Button, Group, Text } from '@mantine/core';
import { IconGitMerge, IconRefresh } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useVersions } from '../../api/flows.ts';
import { useCommandContext } from '../../commands/useCommands.ts';
import { RelativeTime } from '../../shell/RelativeTime.tsx';
import { useEditor } from '../../state/useEditor.ts';
import type { Autosave } from './autosave.ts';
import classes from './BaseNotice.module.css';

/** Says, while somebody draws, that a newer version was published than the one they draw on. */
export function BaseNotice({ autosave, onReload }: { autosave: Autosave; onReload: () => Promise<void> }) {
  const id = useEditor((state) => state.history.flow.id);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const { workbench } = useCommandContext();
  const baseVersion = useStore(autosave.state, (state) => state.baseVersion);
  const hasDraft = useStore(autosave.state, (state) => state.hasDraft || state.status.is !== 'saved');
  const newest = useVersions(id).data?.items[0];
  if (newest === undefined || newest.version <= (baseVersion ?? 0)) return null;
  return (
    <Group className={classes.root} gap="sm" role="status">
      <Text size="sm" style={{ flex: '1 1 300px' }}>
        <b>Version {newest.version}</b> was published by <bdi>{newest.author}</bdi>{' '}
        <RelativeTime at={newest.publishedAt} />: “<bdi>{newest.message}</bdi>”{' '}
        {hasDraft && baseVersion !== null && `Your draft is of version ${baseVersion}.`}
      </Text>
      {hasDraft && !isReadOnly ? (
        <Button leftSection={<IconGitMerge size={14} />} onClick={() => workbench.getState().open('merge')}>
          Merge
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={() => void onReload()}>
          Show it
        </Button>
      )}
    </Group>
  );
}
