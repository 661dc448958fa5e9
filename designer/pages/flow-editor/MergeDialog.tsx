import { Loader, Text } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useFlowVersion, useStoredDraft, useVersions } from '../../api/flows.ts';
import { useCommandContext } from '../../commands/useCommands.ts';
import { MergeView } from '../../merge/MergeView.tsx';
import { Dialog } from '../../shell/Dialog.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { replaceFlow } from '../../state/commands/replace-flow.ts';
import { openDocument } from '../../state/open-document.ts';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';
import type { Autosave } from './autosave.ts';
import classes from './PublishDialog.module.css';

interface DialogProps {
  autosave: Autosave;
  onClose: () => void;
}

interface MergeDialogProps extends DialogProps {
  onMerged?: () => void;
}

/** Comes up when publishing found a newer version: once merged, back to publishing, whose message is still there. */
export function MergeToPublishDialog(props: DialogProps) {
  const { workbench } = useCommandContext();
  return <MergeDialog {...props} onMerged={() => workbench.getState().open('publish')} />;
}

/** Brings together what is on screen and what another tab saved or somebody published meanwhile. */
export function MergeDialog({ autosave, onClose, onMerged = onClose }: MergeDialogProps) {
  // What is merged stays the same while the dialog is open, whatever autosave does meanwhile.
  const [isConflict] = useState(() => autosave.state.getState().status.is === 'conflict');
  return (
    <Dialog
      onClose={onClose}
      title={isConflict ? 'Merge with what was saved elsewhere' : 'Merge with what was published'}
      size="min(1240px, 96vw)"
      classNames={{ body: classes.body, content: classes.content }}
    >
      <div className={classes.compare}>
        {isConflict ? (
          <DraftMerge autosave={autosave} onClose={onClose} onMerged={onMerged} />
        ) : (
          <VersionMerge autosave={autosave} onClose={onClose} onMerged={onMerged} />
        )}
      </div>
    </Dialog>
  );
}

function VersionMerge({ autosave, onClose, onMerged }: Required<MergeDialogProps>) {
  const store = useEditorStore();
  const [mine] = useState(() => store.getState().history.flow);
  const [baseVersion] = useState(() => autosave.state.getState().baseVersion);
  const newest = useVersions(mine.id).data?.items[0];
  const base = useFlowVersion(baseVersion === null ? null : mine.id, baseVersion);
  const theirs = useFlowVersion(newest === undefined ? null : mine.id, newest?.version ?? null);
  const error = base.error ?? theirs.error;
  if (error !== null) return <ErrorNote error={error} title="The versions could not be loaded" />;
  if (newest === undefined || theirs.data === undefined || (baseVersion !== null && base.data === undefined)) {
    return <Loader m="auto" role="progressbar" aria-label="Loading the versions" />;
  }
  if (newest.version === baseVersion) {
    return <Text m="md">Nothing was published since this draft was begun.</Text>;
  }
  return (
    <MergeView
      key={newest.version}
      base={base.data?.document ?? null}
      mine={mine}
      theirs={theirs.data.document}
      theirName={`Version ${newest.version}, by ${newest.author}`}
      onApply={(flow) => {
        autosave.rebase(newest.version);
        store.getState().run(replaceFlow(flow, `Merge with version ${newest.version}`));
        notifyDone(`Your draft holds version ${newest.version} now. Undo takes the merge back.`);
        onMerged();
      }}
      onClose={onClose}
    />
  );
}

function DraftMerge({ autosave, onClose, onMerged }: Required<MergeDialogProps>) {
  const store = useEditorStore();
  const mine = useEditor((state) => state.history.flow);
  const saved = useStore(autosave.state, (state) => state.saved);
  const stored = useStoredDraft(mine.id, true);
  if (stored.error !== null) {
    return <ErrorNote error={stored.error} title="The other draft could not be loaded" onRetry={stored.refetch} />;
  }
  if (stored.data === undefined || stored.isFetching)
    return <Loader m="auto" role="progressbar" aria-label="Loading the other draft" />;
  const { data } = stored;
  const opened = openDocument(data.document);
  if ('reason' in opened) return <ErrorNote error={new Error(opened.reason)} title="The other draft cannot be drawn" />;
  return (
    <MergeView
      base={saved}
      mine={mine}
      theirs={opened.flow}
      theirName="Saved elsewhere"
      onApply={(flow) => {
        autosave.merged(data, opened.flow);
        store.getState().run(replaceFlow(flow, 'Merge with what was saved elsewhere'));
        notifyDone('Both are in your draft now. Undo takes the merge back.');
        onMerged();
      }}
      onClose={onClose}
    />
  );
}
