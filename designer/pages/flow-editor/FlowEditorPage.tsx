import { Center, Loader } from '@mantine/core';
import { useParams, useSearchParams } from 'react-router';
import type { SheetId } from '../../../schemas/sheet.ts';
import { useDraft } from '../../api/flows.ts';
import { useMay } from '../../api/session.ts';
import { openDocument } from '../../state/open-document.ts';
import { type TriedMail, triedMailOf } from '../../try/try-link.ts';
import { BrokenDraft } from './BrokenDraft.tsx';
import { FlowEditor } from './FlowEditor.tsx';
import { FlowNotLoaded } from './FlowNotLoaded.tsx';
import { VersionPage } from './VersionPage.tsx';

/**
 * `/flows/:id`: the author's draft to edit; `?version=` shows a published version; `?action=` leads to an action, in the task `?task=` if it
 * is named; `?try=` opens the trial with a mail that came, see `try-link.ts`; `?restore=` offers a version as a draft.
 */
export function FlowEditorPage() {
  const { id = '' } = useParams();
  const [parameters] = useSearchParams();
  const version = versionOf(parameters.get('version'));
  const action = parameters.get('action');
  const at = action === null ? null : { action, sheet: parameters.get('task') };
  return version === null ? (
    <DraftPage key={id} id={id} at={at} tried={triedMailOf(parameters)} />
  ) : (
    <VersionPage key={`${id} ${version}`} id={id} version={version} at={at} />
  );
}

interface DraftPageProps {
  id: string;
  /** The action to begin at. */
  at: { action: string; sheet: SheetId } | null;
  tried: TriedMail | null;
}

function DraftPage({ id, at, tried }: DraftPageProps) {
  const draft = useDraft(id);
  const mayDraw = useMay('draw');
  if (draft.data === undefined) {
    if (draft.error !== null) return <FlowNotLoaded id={id} error={draft.error} onRetry={draft.refetch} />;
    return (
      <Center h="var(--sluice-page-height)" p="lg">
        <title>{`${id} · Sluice`}</title>
        <Loader role="progressbar" aria-label="Loading the flow" />
      </Center>
    );
  }
  const opened = openDocument(draft.data.document);
  if ('reason' in opened) return <BrokenDraft id={id} document={draft.data.document} reason={opened.reason} />;
  return (
    <FlowEditor
      // A draft that is loaded anew starts an editor anew: nothing of the former one is saved over it.
      key={draft.dataUpdatedAt}
      flow={opened.flow}
      draft={draft.data}
      at={at}
      tried={tried}
      isReadOnly={!mayDraw}
      onReload={async () => {
        await draft.refetch();
      }}
    />
  );
}

function versionOf(parameter: string | null): number | null {
  const version = Number(parameter ?? Number.NaN);
  return Number.isInteger(version) && version > 0 ? version : null;
}
