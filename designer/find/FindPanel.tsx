import { ActionIcon, CloseButton, Group, Paper, ScrollArea, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { mainSheet } from '../../schemas/sheet.ts';
import { useCardWords } from '../actions/useCardWords.ts';
import { useCommandContext } from '../commands/useCommands.ts';
import { useEditor } from '../state/useEditor.ts';
import classes from './FindPanel.module.css';
import { findInFlow, type Hit } from './find-in-flow.ts';

/** More than these nobody reads; one more letter narrows it down. */
const maxListed = 100;

/** Finds actions by whatever is written in them, and goes from one to the next. */
export function FindPanel() {
  const { store, workbench, view } = useCommandContext();
  const flow = useEditor((state) => state.history.flow);
  const findAt = useStore(workbench, (state) => state.findAt);
  const words = useCardWords();
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text);
  const hits = useMemo(() => findInFlow(flow, wanted, words.queue), [flow, wanted, words]);
  const at = hits.length === 0 ? -1 : ((findAt % hits.length) + hits.length) % hits.length;
  const current = hits[at];
  const list = useRef<HTMLUListElement>(null);

  const shown = current === undefined ? '' : `${current.sheet ?? ''}:${current.action}`;
  const latest = useRef(current);
  latest.current = current;
  useEffect(() => {
    if (shown === '' || latest.current === undefined) return;
    store.getState().show(latest.current.action, undefined, latest.current.sheet);
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [shown, store]);

  const { stepFind, toggle } = workbench.getState();
  const close = () => {
    toggle('find');
    if (current !== undefined) view.focus(current.action);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      stepFind(event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey) ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  };
  return (
    <Paper component="search" className={classes.panel} shadow="md" radius="md" aria-label="Find in the flow">
      <Group gap={2} wrap="nowrap" p={4}>
        <TextInput
          flex={1}
          size="xs"
          variant="unstyled"
          leftSection={<IconSearch size={14} />}
          placeholder="Name, id, setting or queue"
          aria-label="Find in the flow"
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            stepFind('first');
          }}
          onKeyDown={onKeyDown}
          // The person has just asked to type here.
          autoFocus
          data-local-undo
        />
        <Text size="xs" c="var(--sluice-muted)" role="status" style={{ whiteSpace: 'nowrap' }}>
          {wanted.trim() === '' ? '' : hits.length === 0 ? 'Nothing found' : `${at + 1} of ${hits.length}`}
        </Text>
        <ActionIcon size="sm" aria-label="Previous place" disabled={hits.length === 0} onClick={() => stepFind(-1)}>
          <IconChevronUp size={15} />
        </ActionIcon>
        <ActionIcon size="sm" aria-label="Next place" disabled={hits.length === 0} onClick={() => stepFind(1)}>
          <IconChevronDown size={15} />
        </ActionIcon>
        <CloseButton size="sm" aria-label="Close the search" onClick={close} />
      </Group>
      {hits.length > 0 && (
        <ScrollArea.Autosize mah={260} type="auto" className={classes.results}>
          <ul ref={list} aria-label="Places found">
            {hits.slice(0, maxListed).map((hit, index) => (
              <li key={`${hit.sheet ?? ''}:${hit.action}`}>
                <HitRow
                  hit={hit}
                  task={hit.sheet === mainSheet ? undefined : flow.tasks?.[hit.sheet]?.name}
                  isCurrent={index === at}
                  onPick={() => workbench.setState({ findAt: index })}
                />
              </li>
            ))}
          </ul>
          {hits.length > maxListed && (
            <Text size="xs" c="var(--sluice-muted)" px="sm" py={6}>
              and {hits.length - maxListed} more
            </Text>
          )}
        </ScrollArea.Autosize>
      )}
    </Paper>
  );
}

interface HitRowProps {
  hit: Hit;
  task: string | undefined;
  isCurrent: boolean;
  onPick: () => void;
}

function HitRow({ hit, task, isCurrent, onPick }: HitRowProps) {
  return (
    <UnstyledButton className={classes.hit} aria-current={isCurrent || undefined} onClick={onPick}>
      <span className={classes.name}>
        {hit.name || hit.action}
        {task !== undefined && <span className={classes.where}> in {task}</span>}
      </span>
      {hit.where !== 'name' && (
        <span className={classes.where}>
          {hit.where}: {hit.excerpt}
        </span>
      )}
    </UnstyledButton>
  );
}
