import { ActionIcon, Button, Group, ScrollArea, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconGitMerge } from '@tabler/icons-react';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { compareFlows } from '../../schemas/compare/compare-flows.ts';
import type { Side } from '../../schemas/compare/merge-parts.ts';
import type { Flow } from '../../schemas/flow.ts';
import { findSheet, mainSheet, type SheetId } from '../../schemas/sheet.ts';
import { CompareCanvas } from '../compare/CompareCanvas.tsx';
import { type Mark, marksOf, sheetIds } from '../compare/compared-graph.ts';
import { emptyLike } from '../compare/empty-flow.ts';
import { sheetWords } from '../compare/sheet-words.ts';
import { useVocabulary } from '../compare/useVocabulary.ts';
import sides from '../sheets/SideBySide.module.css';
import { ConflictCard } from './ConflictCard.tsx';
import { wordsOfConflict } from './conflict-words.ts';
import { MergedIssues } from './MergedIssues.tsx';
import classes from './MergeView.module.css';
import { TakenOver } from './TakenOver.tsx';
import { type MergeSides, useMerge } from './useMerge.ts';

interface MergeViewProps extends MergeSides {
  /** What theirs is called: "Version 5, by Ana". */
  theirName: string;
  onApply: (flow: Flow) => void;
  onClose: () => void;
}

/** Two versions that began as one become one again: what nobody has to ask is done, the rest is chosen here. */
export function MergeView({ base, mine, theirs, theirName, onApply, onClose }: MergeViewProps) {
  const merge = useMerge({ base, mine, theirs });
  const vocabulary = useVocabulary();
  const former = useMemo(() => base ?? emptyLike(theirs), [base, theirs]);
  const changes = useMemo(() => compareFlows(theirs, merge.flow), [theirs, merge.flow]);
  const [sheet, setSheet] = useState<SheetId>(mainSheet);
  const [shown, setShown] = useState<{ action: string; at: number } | null>(null);
  const wishes = useRef(0);
  const list = useRef<HTMLDivElement>(null);
  const conflicts = merge.conflicts.map((conflict) => ({
    conflict,
    words: wordsOfConflict(conflict, { base: former, mine: merge.mine, theirs }, vocabulary),
  }));
  const marks = new Map<string, Mark>(marksOf(changes.actions, sheet));
  for (const { conflict, words } of conflicts) {
    if (conflict.chosen === null && words.action?.task === sheet) marks.set(words.action.id, 'open');
  }
  const show = (action: string | null, on: SheetId = sheet) => {
    wishes.current += 1;
    setSheet(on);
    setShown(action === null ? null : { action, at: wishes.current });
  };
  const focusNext = () =>
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('fieldset:not([data-chosen]) input')?.focus());
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    event.preventDefault();
    if (event.shiftKey) merge.redo();
    else merge.undo();
  };
  const sheets = sheetIds(theirs, merge.flow);
  const left = merge.open.length;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that count anywhere in the merge, each with a button of its own
    <div className={sides.root} onKeyDown={onKeyDown}>
      <div className={sides.columns}>
        <div className={sides.side}>
          <Group justify="space-between" wrap="nowrap" px={12} py={8} className={classes.head}>
            <Text size="sm" fw={600} role="status">
              {conflicts.length === 0
                ? 'Nothing to choose'
                : left === 0
                  ? 'All chosen'
                  : `${left} of ${conflicts.length} to choose`}
            </Text>
            <Group gap={4} wrap="nowrap">
              <Tooltip label="Undo the last choice (Ctrl Z)">
                <ActionIcon aria-label="Undo the last choice" disabled={!merge.canUndo} onClick={merge.undo}>
                  <IconArrowBackUp size={16} />
                </ActionIcon>
              </Tooltip>
              <Tooltip label="Choose it again (Ctrl Shift Z)">
                <ActionIcon aria-label="Choose it again" disabled={!merge.canRedo} onClick={merge.redo}>
                  <IconArrowForwardUp size={16} />
                </ActionIcon>
              </Tooltip>
            </Group>
          </Group>
          <ScrollArea className={sides.scroll} type="auto" scrollbars="y" viewportRef={list}>
            {left > 1 && (
              <Group gap="xs" px={12} py={8} wrap="nowrap">
                {(['mine', 'theirs'] as const).map((side) => (
                  <Button
                    key={side}
                    variant="default"
                    size="compact-xs"
                    onClick={() =>
                      merge.choose(
                        merge.open.map(({ at }) => at),
                        side,
                      )
                    }
                  >
                    {side === 'mine' ? 'All the rest: mine' : 'All the rest: theirs'}
                  </Button>
                ))}
              </Group>
            )}
            {conflicts.map(({ conflict, words }) => (
              <ConflictCard
                key={conflict.at}
                words={words}
                chosen={conflict.chosen}
                names={{ mine: 'Mine', theirs: theirName, base: 'As it was before both' }}
                onChoose={(side: Side) => merge.choose([conflict.at], side)}
                onNext={focusNext}
                onShow={() => words.action !== null && show(words.action.id, words.action.task)}
              />
            ))}
            <TakenOver title={`From ${theirName}`} before={former} after={theirs} onShow={show} />
            <TakenOver title="Mine" before={former} after={mine} onShow={show} />
            {merge.renamed.length > 0 && (
              <Text size="xs" c="var(--sluice-muted)" px={12} py={8}>
                {merge.renamed.map(({ from, to }) => `${from} is ${to} now`).join(', ')}: both sides had given the same
                id to another action.
              </Text>
            )}
            <MergedIssues flow={merge.flow} onShow={show} />
          </ScrollArea>
          <Group gap="xs" justify="flex-end" wrap="nowrap" p={12} className={classes.foot}>
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button leftSection={<IconGitMerge size={15} />} disabled={left > 0} onClick={() => onApply(merge.flow)}>
              Merge into my draft
            </Button>
          </Group>
        </div>
        <div className={sides.canvas}>
          {sheets.length > 1 && (
            <SegmentedControl
              className={sides.sheets}
              size="xs"
              aria-label="Part of the flow"
              value={sheet ?? ''}
              onChange={(value) => show(null, value === '' ? mainSheet : value)}
              data={sheets.map((id) => ({
                value: id ?? '',
                label: sheetWords(id, theirs, merge.flow, changes.actions),
              }))}
            />
          )}
          <CompareCanvas
            key={sheet ?? ''}
            label="The merged flow"
            before={findSheet(theirs, sheet)}
            after={findSheet(merge.flow, sheet)}
            marks={marks}
            shown={shown}
            onShow={(action) => setShown(action === null ? null : { action, at: 0 })}
          />
        </div>
      </div>
    </div>
  );
}
