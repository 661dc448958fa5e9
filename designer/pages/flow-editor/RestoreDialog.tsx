import { Loader, Text } from '@mantine/core';
import { useFlowVersion, useVersions } from '../../api/flows.ts';
import { Dialog } from '../../shell/Dialog.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { useKeyboardBack } from '../../shell/useKeyboardBack.ts';
import { replaceFlow } from '../../state/commands/replace-flow.ts';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';
import type { Autosave } from './autosave.ts';
import { TakeOverDialog } from './TakeOverDialog.tsx';

interface RestoreDialogProps {
  version: number;
  autosave: Autosave;
  onClose: () => void;
}

/** A former version as a draft on top of what is live now. */
export function RestoreDialog({ version, autosave, onClose }: RestoreDialogProps) {
  // Two dialogs follow each other here: only the first knows where the keyboard was.
  useKeyboardBack();
  const store = useEditorStore();
  const id = useEditor((state) => state.history.flow.id);
  const former = useFlowVersion(id, version);
  const newest = useVersions(id).data?.items[0]?.version;
  const title = `Restore version ${version} as a draft`;
  if (former.data === undefined || newest === undefined) {
    return (
      <Dialog onClose={onClose} title={title}>
        {former.error === null ? (
          <Loader role="progressbar" aria-label="Loading the version" />
        ) : (
          <ErrorNote error={former.error} title="The version could not be loaded" onRetry={former.refetch} />
        )}
      </Dialog>
    );
  }
  const { document, author, message } = former.data;
  const { hasDraft, status } = autosave.state.getState();
  const replaces = hasDraft || status.is !== 'saved';
  return (
    <TakeOverDialog
      title={title}
      flow={document}
      head={
        <Text size="sm" px={12} py={8}>
          <bdi>{author}</bdi>: “<bdi>{message}</bdi>”
        </Text>
      }
      note={
        replaces
          ? `It takes the place of your draft. Undo brings the draft back. Nothing goes live until you publish.`
          : `It becomes a draft on top of version ${newest}. Nothing goes live until you publish.`
      }
      verb={replaces ? 'Replace my draft' : 'Restore as a draft'}
      onTakeOver={() => {
        autosave.rebase(newest);
        store.getState().run(replaceFlow(document, `Restore version ${version}`));
        notifyDone(`Version ${version} is on the canvas as your draft. Undo takes it back.`);
        onClose();
      }}
      onClose={onClose}
    />
  );
}
