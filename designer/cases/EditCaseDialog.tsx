import type { CaseEntry } from '../../schemas/api/cases.ts';
import type { Case } from '../../schemas/case.ts';
import { useRenameCase, useUpdateCase } from '../api/cases.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { notifyDone } from '../shell/notify.ts';
import { CaseForm } from './CaseForm.tsx';

interface EditCaseDialogProps {
  flow: string;
  item: CaseEntry;
  document: Case;
  onClose: () => void;
}

/** Another name, purpose or expectation for the same mail. */
export function EditCaseDialog({ flow, item, document, onClose }: EditCaseDialogProps) {
  const update = useUpdateCase(flow);
  const rename = useRenameCase(flow);
  const save = async (name: string, changed: Case) => {
    if (JSON.stringify(changed) !== JSON.stringify(document)) {
      await update.mutateAsync({ name: item.name, case: changed, revision: item.revision });
    }
    if (name !== item.name) await rename.mutateAsync({ from: item.name, to: name });
    notifyDone(`The case “${name}” is changed.`);
    onClose();
  };
  return (
    <Dialog onClose={onClose} title={`Case “${item.name}”`} size="md">
      <CaseForm
        name={item.name}
        document={document}
        verb="Save"
        isSaving={update.isPending || rename.isPending}
        error={update.error ?? rename.error}
        onCancel={onClose}
        // What went wrong is shown in the form.
        onSave={(name, changed) => void save(name, changed).catch(() => undefined)}
      />
    </Dialog>
  );
}
