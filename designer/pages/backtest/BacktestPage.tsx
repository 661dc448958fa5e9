import { Button, Paper, Stack, Text } from '@mantine/core';
import { IconArrowsDiff, IconMailOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Draft } from '../../../schemas/api/flows.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { useLatestDraft } from '../../api/flows.ts';
import { useMay } from '../../api/session.ts';
import { BacktestForm } from '../../backtest/BacktestForm.tsx';
import { BacktestProgress } from '../../backtest/BacktestProgress.tsx';
import { BacktestResults } from '../../backtest/BacktestResults.tsx';
import { bodyOf, firstChoices } from '../../backtest/choices.ts';
import { useBacktest } from '../../backtest/useBacktest.ts';
import { BackLink } from '../../shell/BackLink.tsx';
import { EmptyNote } from '../../shell/EmptyNote.tsx';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { Page } from '../../shell/Page.tsx';
import { Resource } from '../../shell/Resource.tsx';
import { openDocument } from '../../state/open-document.ts';

/** `/flows/:id/backtest`: the draft on mails that came. */
export function BacktestPage() {
  const { id = '' } = useParams();
  const draft = useLatestDraft(id);
  const mayDraw = useMay('draw');
  const name = draft.data?.document.name;
  return (
    <Page
      title={`Backtest: ${typeof name === 'string' ? name : id}`}
      tabTitle={`Backtest of ${id}`}
      back={<BackLink to={`/flows/${id}`}>The flow</BackLink>}
      description="Runs your draft on mails that came, beside the published version, and shows which would end elsewhere. Nothing is sent, nothing is called, nothing is changed."
    >
      {mayDraw ? (
        <Resource query={draft} name="The draft">
          {(data) => (
            <Workplace
              key={id}
              draft={data}
              // It may have changed in another tab since this page was opened.
              onLatest={async () => (await draft.refetch({ throwOnError: true })).data ?? data}
            />
          )}
        </Resource>
      ) : (
        <Text size="sm">Only administrators and designers run backtests.</Text>
      )}
    </Page>
  );
}

interface WorkplaceProps {
  draft: Draft;
  onLatest: () => Promise<Draft>;
}

function Workplace({ draft, onLatest }: WorkplaceProps) {
  const [choices, setChoices] = useState(firstChoices);
  const opened = useMemo(() => openDocument(draft.document), [draft]);
  const backtest = useBacktest(typeof draft.document.id === 'string' ? draft.document.id : '');
  const { state, results, error, ran } = backtest;
  if ('reason' in opened) {
    return <ErrorNote error={new Error(opened.reason)} title="The draft cannot be read, so it cannot run" />;
  }
  const start = () =>
    void backtest.start(async () => ({ ...bodyOf(choices, Date.now()), document: (await onLatest()).document }));
  return (
    <Stack gap="md">
      <Paper p="md" radius="md">
        <Stack gap="sm">
          <BacktestForm
            choices={choices}
            onChange={setChoices}
            isRunning={state === 'running'}
            hasDataActions={hasDataActions(opened.flow)}
            onStart={start}
            onStop={backtest.stop}
          />
          {state === 'running' && <BacktestProgress results={results} />}
        </Stack>
      </Paper>
      {state === 'failed' && <ErrorNote error={error} title="The backtest did not finish" onRetry={start} />}
      {state === 'stopped' && (
        <Text size="sm" c="var(--sluice-muted)" role="status">
          Stopped. What follows counts the mails until then.
        </Text>
      )}
      {results.cells.size > 0 && ran !== null && (
        <BacktestResults key={ran.number} results={results} ran={ran} isOver={state !== 'running'} />
      )}
      {results.cells.size === 0 && (state === 'idle' || state === 'done') && (
        <Paper radius="md">
          {state === 'done' ? <NoMails skipped={results.skipped} /> : <Teaching draft={draft} />}
        </Paper>
      )}
    </Stack>
  );
}

/** Wherever they are drawn: on the flow's own sheet or in a task. */
function hasDataActions(flow: Flow): boolean {
  return JSON.stringify(flow).includes('"type":"data-action"');
}

function Teaching({ draft }: { draft: Draft }) {
  const isUnchanged = draft.updatedAt === null;
  return (
    <EmptyNote
      icon={IconArrowsDiff}
      title={isUnchanged ? 'There is no draft yet' : 'What would your draft do to real mail?'}
      action={
        isUnchanged && (
          <Button variant="default" component={Link} to="..">
            Draw one
          </Button>
        )
      }
    >
      {isUnchanged
        ? 'What is published would be compared with itself. Change the flow first; your draft then stands here.'
        : 'Run it on the newest mails: you see how many would end in another queue, with another priority or another response, and for each mail where the two ways part. Ten thousand mails take a few seconds.'}
    </EmptyNote>
  );
}

function NoMails({ skipped }: { skipped: number }) {
  return (
    <EmptyNote icon={IconMailOff} title={skipped === 0 ? 'No such mail' : 'Every mail was left out'}>
      {skipped === 0
        ? 'No mail came that fits these choices. Choose a longer time, or mails of any flow.'
        : `The draft asks a service something that none of the ${skipped} mails has an answer on record for. Choose what is to be assumed instead.`}
    </EmptyNote>
  );
}
