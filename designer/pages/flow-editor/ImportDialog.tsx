import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useCommandContext } from '../../commands/useCommands.ts';
import { FileIssues } from '../../files/FileIssues.tsx';
import { type ReadFlowFile, readFlowFile } from '../../files/flow-file.ts';
import { Dialog } from '../../shell/Dialog.tsx';
import { notifyDone } from '../../shell/notify.ts';
import { useKeyboardBack } from '../../shell/useKeyboardBack.ts';
import { replaceFlow } from '../../state/commands/replace-flow.ts';
import { openDocument } from '../../state/open-document.ts';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';
import { TakeOverDialog } from './TakeOverDialog.tsx';

/** A flow file into the flow that is open: what is wrong with it, what would change, and then it is the draft. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  // Two dialogs follow each other here: only the first knows where the keyboard was.
  useKeyboardBack();
  const { workbench } = useCommandContext();
  const file = useStore(workbench, (state) => state.file);
  const [read, setRead] = useState<ReadFlowFile | null>(null);
  useEffect(() => {
    let isCurrent = true;
    if (file !== null) void readFlowFile(file).then((result) => isCurrent && setRead(result));
    return () => {
      isCurrent = false;
    };
  }, [file]);
  if (read?.flow) return <Import file={read} document={read.flow} onClose={onClose} />;
  return (
    <Dialog onClose={onClose} title={`Import ${file?.name ?? 'a file'}`} size="lg">
      {read === null ? (
        <Loader role="progressbar" aria-label="Reading the file" />
      ) : (
        <Stack gap="md">
          <FileIssues file={read} />
          <Group justify="flex-end">
            <Button onClick={onClose} data-autofocus>
              Close
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

interface ImportProps {
  file: ReadFlowFile;
  document: ReadFlowFile['flow'] & object;
  onClose: () => void;
}

function Import({ file, document, onClose }: ImportProps) {
  const store = useEditorStore();
  const id = useEditor((state) => state.history.flow.id);
  const opened = openDocument({ ...document, id });
  if ('reason' in opened) return null;
  return (
    <TakeOverDialog
      title={`Import ${file.name}`}
      flow={opened.flow}
      head={
        <>
          <FileIssues file={file} />
          {document.id !== id && (
            <Text size="sm" px={12} py={8}>
              The file holds the flow “{document.id}”. Here it keeps the id “{id}”.
            </Text>
          )}
        </>
      }
      note="It takes the place of what is on the canvas. Undo brings that back. Nothing goes live until you publish."
      verb="Take over as my draft"
      onTakeOver={() => {
        store.getState().run(replaceFlow(opened.flow, `Import ${file.name}`));
        notifyDone(`${file.name} is on the canvas. Undo takes it back.`);
        onClose();
      }}
      onClose={onClose}
    />
  );
}
