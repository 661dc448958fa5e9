import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { ChoiceList } from '../../commands/ChoiceList.tsx';
import { CommandPalette } from '../../commands/CommandPalette.tsx';
import { ShortcutsDialog } from '../../commands/ShortcutsDialog.tsx';
import { useCommandContext } from '../../commands/useCommands.ts';
import type { DialogName } from '../../commands/workbench.ts';
import { Announcer } from '../../shell/Announcer.tsx';
import { RefusalHint } from '../../shell/RefusalHint.tsx';
import type { Autosave } from './autosave.ts';
import { ImportDialog } from './ImportDialog.tsx';
import { MergeDialog, MergeToPublishDialog } from './MergeDialog.tsx';
import { PublishDialog } from './PublishDialog.tsx';

interface DialogProps {
  autosave: Autosave;
  onClose: () => void;
}

/** One line for each dialog that a command can open. */
const dialogs: Readonly<Record<DialogName, (props: DialogProps) => ReactNode>> = {
  commands: CommandPalette,
  shortcuts: ShortcutsDialog,
  publish: PublishDialog,
  merge: MergeDialog,
  'merge-to-publish': MergeToPublishDialog,
  import: ImportDialog,
};

/** The dialog that is open over the editor, and the list that waits for an answer. */
export function EditorDialogs({ autosave }: { autosave: Autosave }) {
  const { workbench } = useCommandContext();
  const dialog = useStore(workbench, (state) => state.dialog);
  const asked = useStore(workbench, (state) => state.choice);
  const Dialog = dialog === null ? null : dialogs[dialog];
  return (
    <>
      {Dialog !== null && <Dialog autosave={autosave} onClose={() => workbench.getState().close()} />}
      <RefusalHint />
      <Announcer />
      {asked !== null && (
        <ChoiceList key={asked.choice.title} choice={asked.choice} onAnswer={(id) => workbench.getState().answer(id)} />
      )}
    </>
  );
}
