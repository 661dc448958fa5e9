import { Center, Loader } from '@mantine/core';
import { useParams, useSearchParams } from 'react-router';
import { useDraft } from '../../api/flows.ts';
import { useMay } from '../../api/session.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { openDocument } from '../../state/open-document.ts';
import { BrokenDraft } from './BrokenDraft.tsx';
import { FlowEditor } from './FlowEditor.tsx';
import { VersionPage } from './VersionPage.tsx';

/** `/flows/:id`: the author's draft to edit; `?version=` shows a published version, `?action=` leads to an action. */
export function FlowEditorPage() {
  const { id = '' } = useParams();
  const [parameters] = useSearchParams();
  const version = Number(parameters.get('version') ?? Number.NaN);
  return Number.isInteger(version) && version > 0 ? (
    <VersionPage key={`${id} ${version}`} id={id} version={version} />
  ) : (
    <DraftPage key={id} id={id} action={parameters.get('action')} />
  );
}

function DraftPage({ id, action }: { id: string; action: string | null }) {
  const draft = useDraft(id);
  const mayDraw = useMay('draw');
  if (draft.data === undefined) {
    return (
      <Center h="var(--sluice-page-height)" p="lg">
        <title>{`${id} · Sluice`}</title>
        {draft.error === null ? (
          <Loader aria-label="Loading the flow" />
        ) : (
          <ErrorNote error={draft.error} title="The flow could not be loaded" onRetry={() => draft.refetch()} />
        )}
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
      action={action}
      isReadOnly={!mayDraw}
      onReload={async () => {
        await draft.refetch();
      }}
    />
  );
}
