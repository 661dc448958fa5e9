import { Loader, Text } from '@mantine/core';
import { useFlowVersion } from '../../api/flows.ts';
import { CompareView } from '../../compare/CompareView.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import classes from './FlowHistoryPage.module.css';

/** Two versions in one drawing; the first of all is compared with nothing. */
export function VersionsCompared({ id, from, to }: { id: string; from: number | null; to: number }) {
  const before = useFlowVersion(from === null ? null : id, from);
  const after = useFlowVersion(id, to);
  const error = before.error ?? after.error;
  if (error !== null) {
    return (
      <div className={classes.note}>
        <ErrorNote error={error} title="The versions could not be loaded" />
      </div>
    );
  }
  if (after.data === undefined || (from !== null && before.data === undefined)) {
    return <Loader m="auto" role="progressbar" aria-label="Loading the versions" />;
  }
  const title = from === null ? `Version ${to}, the first one` : `From version ${from} to version ${to}`;
  return (
    <CompareView
      label={title}
      before={before.data?.document ?? null}
      after={after.data.document}
      head={
        <Text component="h2" className={classes.against}>
          {title}
        </Text>
      }
    />
  );
}
