import { Center, Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CaseProposal } from '../../schemas/api/cases.ts';
import { proposeCase, useCreateCase } from '../api/cases.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { ErrorNote } from '../shell/ErrorNote.tsx';
import { notifyDone } from '../shell/notify.ts';
import { useEditor } from '../state/useEditor.ts';
import type { TryStore } from '../try/try-store.ts';
import { CaseForm } from './CaseForm.tsx';

/** The tried mail as a case of the flow: filled in from what happened, to be looked over and kept. */
export function KeepCaseDialog({ trial, onClose }: { trial: TryStore; onClose: () => void }) {
  const id = useEditor((state) => state.history.flow.id);
  const [{ mail, result, flow, situation }] = useState(() => trial.getState());
  const [proposal, setProposal] = useState<CaseProposal | null>(null);
  const [error, setError] = useState<unknown>(null);
  const create = useCreateCase(id);

  useEffect(() => {
    if (mail === null || result === null) return;
    const abort = new AbortController();
    const { now, exchanges: recorded } = result;
    proposeCase(id, { ...mail, ...situation, now, recorded, document: flow }, abort.signal).then(
      setProposal,
      (thrown) => !abort.signal.aborted && setError(thrown),
    );
    return () => abort.abort();
  }, [id, mail, result, flow, situation]);

  return (
    <Dialog onClose={onClose} title="Keep this mail as a case" size="md">
      {error !== null && <ErrorNote error={error} title="It cannot become a case" />}
      {error === null && (proposal === null || mail === null) && (
        <Center h={200}>
          <Loader role="progressbar" aria-label="Filling in the case" />
        </Center>
      )}
      {proposal !== null && mail !== null && (
        <CaseForm
          name={proposal.name}
          document={proposal.case}
          verb="Keep the case"
          isSaving={create.isPending}
          error={create.error}
          onCancel={onClose}
          onSave={(name, document) =>
            create.mutate(
              { name, case: document, mail },
              {
                onSuccess: () => {
                  notifyDone(`The case “${name}” is kept beside the flow. It must pass before the flow is published.`);
                  onClose();
                },
              },
            )
          }
        />
      )}
    </Dialog>
  );
}
