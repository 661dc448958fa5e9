import { Button, Paper, Stack, Text } from '@mantine/core';
import { IconArrowsDiff, IconMailOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Draft } from '../../../schemas/api/flows.ts';
import type { Flow } from '../../../schemas/flow.ts';
import { useDraft } from '../../api/flows.ts';
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
  const draft = useDraft(id);
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
          {(data) => <Opened key={id} draft={data} />}
        </Resource>
      ) : (
        <Text size="sm">Only administrators and designers run backtests.</Text>
      )}
    </Page>
  );
}

function Opened({ draft }: { draft: Draft }) {
  const opened = openDocument(draft.document);
  if ('reason' in opened) {
    return <ErrorNote error={new Error(opened.reason)} title="The draft cannot be read, so it cannot run" />;
  }
  return <Workplace draft={draft} flow={opened.flow} />;
}

function Workplace({ draft, flow }: { draft: Draft; flow: Flow }) {
  const [choices, setChoices] = useState(firstChoices);
  const backtest = useBacktest(flow.id);
  const { state, results, error } = backtest;
  const start = () => void backtest.start({ ...bodyOf(choices, Date.now()), document: draft.document });
  return (
    <Stack gap="md">
      <Paper p="md" radius="md">
        <Stack gap="sm">
          <BacktestForm
            choices={choices}
            onChange={setChoices}
            isRunning={state === 'running'}
            hasDataActions={Object.values(flow.actions).some(({ type }) => type === 'data-action')}
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
      {results.cells.size > 0 && backtest.ran !== null ? (
        <BacktestResults flow={flow} results={results} ran={backtest.ran} isOver={state !== 'running'} />
      ) : (
        <Paper radius="md">
          {state === 'done' ? <NoMails skipped={results.skipped} /> : state === 'idle' && <Teaching draft={draft} />}
        </Paper>
      )}
    </Stack>
  );
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
