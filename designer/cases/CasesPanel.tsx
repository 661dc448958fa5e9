import { ActionIcon, Button, Group, Loader, ScrollArea, Text } from '@mantine/core';
import { IconFlask, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { use } from 'react';
import type { CaseEntry } from '../../schemas/api/cases.ts';
import { EmptyNote } from '../shell/EmptyNote.tsx';
import { ErrorNote } from '../shell/ErrorNote.tsx';
import { useEditor } from '../state/useEditor.ts';
import { CaseRow } from './CaseRow.tsx';
import { CaseRunContext } from './CaseRunContext.tsx';
import classes from './CasesPanel.module.css';
import { casesInWords } from './cases-in-words.ts';

interface CasesPanelProps {
  /** Tries the mail of a case, at the step that ended it. */
  onTry: (name: string) => void;
  /** Opens the trial, where cases are made. */
  onMake: () => void;
  onClose: () => void;
}

/** The mails that the flow must treat in a certain way, and whether the draft does. */
export function CasesPanel({ onTry, onMake, onClose }: CasesPanelProps) {
  const id = useEditor((state) => state.history.flow.id);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const { items, readError, run, isStale, error, again } = use(CaseRunContext);
  const cases = items ?? [];
  const results = new Map(run?.items.map((result) => [result.name, result]));
  return (
    <section className={classes.root} aria-label="Cases">
      <Group justify="space-between" px="md" py={6} wrap="nowrap">
        <Group gap={10} wrap="nowrap" role="status">
          <Text fw={600} size="sm" style={{ whiteSpace: 'nowrap' }}>
            {run === null ? `Cases${cases.length > 0 ? ` (${cases.length})` : ''}` : casesInWords(run)}
          </Text>
          {isStale && cases.length > 0 && !isReadOnly && (
            <Loader size={13} role="progressbar" aria-label="The cases are running" />
          )}
        </Group>
        <Group gap={4} wrap="nowrap">
          {cases.length > 0 && !isReadOnly && (
            <Button variant="subtle" leftSection={<IconPlayerPlay size={14} />} onClick={again}>
              Run all
            </Button>
          )}
          <ActionIcon size="sm" aria-label="Close the cases" onClick={onClose}>
            <IconX size={14} />
          </ActionIcon>
        </Group>
      </Group>
      <ScrollArea className={classes.list} type="auto" scrollbars="y">
        {readError !== null && <ErrorNote error={readError} title="The cases could not be read" />}
        {error !== null && <ErrorNote error={error} title="The cases could not be run" onRetry={again} />}
        {items?.length === 0 && (
          <EmptyNote
            icon={IconFlask}
            title="No cases yet"
            action={
              <Button variant="light" onClick={onMake}>
                Try a mail
              </Button>
            }
          >
            A case is a mail with what must happen to it. Try one, then keep it: from then on the flow is published only
            if the mail still ends where it should.
          </EmptyNote>
        )}
        <ul>
          {cases.toSorted(differingFirst(results)).map((item) => (
            <li key={item.name}>
              <CaseRow flow={id} item={item} result={results.get(item.name)} onTry={() => onTry(item.name)} />
            </li>
          ))}
        </ul>
      </ScrollArea>
    </section>
  );
}

/** What needs a look stands on top; the rest stays by name. */
function differingFirst(results: ReadonlyMap<string, { ok: boolean }>) {
  const rank = ({ name, problem }: { name: string; problem: string }) =>
    problem !== '' || results.get(name)?.ok === false ? 0 : 1;
  return (a: CaseEntry, b: CaseEntry) => rank(a) - rank(b);
}
