import { useEffect } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useCommandContext } from '../../commands/useCommands.ts';
import { FlowFileDrop } from '../../files/FlowFileDrop.tsx';
import type { Autosave } from './autosave.ts';
import { RestoreDialog } from './RestoreDialog.tsx';

/** What comes into the editor from outside: a version to restore, a file from another page, a file that is dropped. */
export function Arrivals({ autosave }: { autosave: Autosave }) {
  const { workbench } = useCommandContext();
  const navigate = useNavigate();
  const { pathname, state } = useLocation();
  const [parameters] = useSearchParams();
  const restored = Number(parameters.get('restore') ?? Number.NaN);

  useEffect(() => {
    const file = fileIn(state);
    if (file === null) return;
    workbench.getState().openFile(file);
    // Once: going back and forth must not ask again.
    void navigate(pathname, { replace: true, state: null });
  }, [state, pathname, navigate, workbench]);

  return (
    <>
      <FlowFileDrop words="Import into this flow" onFile={(file) => workbench.getState().openFile(file)} />
      {Number.isInteger(restored) && restored > 0 && (
        <RestoreDialog
          version={restored}
          autosave={autosave}
          onClose={() => void navigate(pathname, { replace: true })}
        />
      )}
    </>
  );
}

/** The state of a history entry can be anything that the page once put there. */
function fileIn(state: unknown): File | null {
  const file: unknown = typeof state === 'object' && state !== null && 'file' in state ? state.file : null;
  return file instanceof File ? file : null;
}
