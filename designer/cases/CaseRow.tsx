import { Button, Text, UnstyledButton } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import type { CaseEntry, CaseResult } from '../../schemas/api/cases.ts';
import type { CardWords } from '../actions/card.ts';
import { typeWords } from '../actions/type-words.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import { useUpdateCase } from '../api/cases.ts';
import { confirm } from '../shell/confirm.tsx';
import { notifyDone, notifyError } from '../shell/notify.ts';
import { useEditor } from '../state/useEditor.ts';
import { CaseMenu } from './CaseMenu.tsx';
import classes from './CasesPanel.module.css';
import { differenceWords } from './difference-words.ts';
import { EditCaseDialog } from './EditCaseDialog.tsx';
import { expectationFrom } from './expectation-from.ts';

interface CaseRowProps {
  flow: string;
  item: CaseEntry;
  /** Undefined while it has not been run. */
  result: CaseResult | undefined;
  onTry: () => void;
}

/** One case: whether it passes, in what it differs, and what can be done about it. */
export function CaseRow({ flow, item, result, onTry }: CaseRowProps) {
  const words = useCardWords();
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const [isEditing, setIsEditing] = useState(false);
  const update = useUpdateCase(flow);
  const problem = item.problem || result?.problem || '';
  const differences = result?.differences ?? [];

  const takeOver = () => {
    const { case: document, revision, name } = item;
    if (document === null || result === undefined) return;
    const lines = differences.map((difference) => differenceWords(difference, words)).join('. ');
    confirm({
      title: `Expect what happens now of “${name}”?`,
      text: `${lines}. From then on the case passes with what it got; git keeps what it expected before.`,
      yes: 'Change the expectation',
      onYes: () =>
        update.mutate(
          { name, case: { ...document, expect: expectationFrom(document.expect, differences) }, revision },
          {
            onSuccess: () => notifyDone(`“${name}” expects what happens now.`),
            onError: (error) => notifyError(error, 'The expectation was not changed'),
          },
        ),
    });
  };
  return (
    <div className={classes.case}>
      <Status isFine={result?.ok} isBroken={problem !== ''} />
      <UnstyledButton className={classes.name} onClick={onTry} disabled={item.mail === null}>
        <Text size="sm" truncate="end">
          <b>{item.name}</b>{' '}
          <Text span c="var(--sluice-muted)" inherit>
            <bdi>{item.case?.description ?? item.mail?.subject ?? ''}</bdi>
          </Text>
        </Text>
        {problem !== '' && (
          <Text size="xs" c="red">
            {problem}
          </Text>
        )}
        {differences.map((difference) => (
          <Text key={difference.what} size="xs">
            {differenceWords(difference, words)}
          </Text>
        ))}
      </UnstyledButton>
      {differences.length > 0 && !isReadOnly && (
        <Button variant="default" size="compact-xs" loading={update.isPending} onClick={takeOver}>
          Expect this
        </Button>
      )}
      <Text size="xs" c="var(--sluice-muted)" className={classes.ending}>
        {endingWords(item.case?.expect, words)}
      </Text>
      <CaseMenu flow={flow} item={item} onTry={onTry} onEdit={() => setIsEditing(true)} />
      {isEditing && item.case !== null && (
        <EditCaseDialog flow={flow} item={item} document={item.case} onClose={() => setIsEditing(false)} />
      )}
    </div>
  );
}

/** Where the case must end, in a word or two. */
function endingWords(expect: NonNullable<CaseEntry['case']>['expect'] | undefined, words: CardWords): string {
  if (expect?.queue !== undefined) return words.queue(expect.queue);
  return expect?.ending === undefined ? '' : typeWords(expect.ending);
}

function Status({ isFine, isBroken }: { isFine: boolean | undefined; isBroken: boolean }) {
  if (isBroken || isFine === false) {
    return (
      <IconCircleX size={17} color="var(--mantine-color-red-6)" aria-label={isBroken ? 'Cannot run' : 'Differs'} />
    );
  }
  return isFine === true ? (
    <IconCircleCheck size={17} color="var(--mantine-color-green-6)" aria-label="Passes" />
  ) : (
    <IconCircleDashed size={17} color="var(--sluice-muted)" aria-label="Not run yet" />
  );
}
