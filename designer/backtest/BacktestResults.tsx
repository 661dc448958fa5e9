import { Paper, Text } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { openDocument } from '../state/open-document.ts';
import { EndingMatrix } from './EndingMatrix.tsx';
import { PickedMails } from './PickedMails.tsx';
import { ResultSummary } from './ResultSummary.tsx';
import { countsOf, mailsOf, type Picked, pickedKey, type Results } from './results.ts';
import type { Backtest } from './useBacktest.ts';
import { useEndingWords } from './useEndingWords.ts';

/** The canvas is heavy, and the numbers can be read before it is there. */
const MailComparison = lazy(async () => ({ default: (await import('./MailComparison.tsx')).MailComparison }));

interface BacktestResultsProps {
  results: Results;
  ran: NonNullable<Backtest['ran']>;
  isOver: boolean;
}

export function BacktestResults({ results, ran, isOver }: BacktestResultsProps) {
  const [choice, setChoice] = useState<Picked | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const words = useEndingWords();
  const { document, unrecorded = 'skip' } = ran.body;
  const drawn = useMemo(() => openDocument(document), [document]);
  const key = `${String(document.id)} ${ran.number}`;
  const counts = countsOf(results);
  // Whoever chose nothing sees the mails that matter most.
  const picked = choice ?? (isOver && counts.elsewhere > 0 ? ({ is: 'elsewhere' } as const) : null);
  const ids = picked === null ? [] : mailsOf(results, picked);
  const before = results.version === null ? 'what became of them' : `version ${results.version}`;
  return (
    <>
      <Paper p="md" radius="md">
        <ResultSummary counts={counts} results={results} isOver={isOver} picked={picked} onPick={setChoice} />
      </Paper>
      <Paper radius="md">
        <EndingMatrix results={results} before={before} picked={picked} onPick={setChoice} />
      </Paper>
      {picked !== null && ids.length > 0 && (
        <Paper radius="md" component="section" aria-label="Mails behind the number">
          <Text fw={600} size="sm" px="md" pt="sm">
            {titleOf(picked, words)}
          </Text>
          <PickedMails listKey={`${key} ${pickedKey(picked)}`} ids={ids} results={results} onOpen={setOpened} />
        </Paper>
      )}
      {opened !== null && 'flow' in drawn && (
        <Suspense>
          <MailComparison
            flow={drawn.flow}
            document={document}
            unrecorded={unrecorded}
            backtestKey={key}
            ids={ids}
            id={opened}
            onOpen={setOpened}
            onClose={() => setOpened(null)}
          />
        </Suspense>
      )}
    </>
  );
}

function titleOf(picked: Picked, words: ReturnType<typeof useEndingWords>): string {
  if (picked.is === 'elsewhere') return 'Mails that would end elsewhere';
  if (picked.is === 'cell') return `${words(picked.from)} → ${words(picked.to)}`;
  const what = { priority: 'another priority', skills: 'other skills', responses: 'other responses' };
  return `Mails with ${what[picked.change]}`;
}
