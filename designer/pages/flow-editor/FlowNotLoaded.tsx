import { BackLink } from '../../shell/BackLink.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { Page } from '../../shell/Page.tsx';

interface FlowNotLoadedProps {
  id: string;
  error: Error;
  onRetry: () => unknown;
}

/** In the editor's place: why there is nothing to draw, and the way back. */
export function FlowNotLoaded({ id, error, onRetry }: FlowNotLoadedProps) {
  return (
    <Page title="Flow" tabTitle={id} back={<BackLink to="/flows">Flows</BackLink>}>
      <ErrorNote error={error} title="The flow could not be loaded" onRetry={onRetry} />
    </Page>
  );
}
