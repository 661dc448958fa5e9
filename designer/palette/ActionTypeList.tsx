import { ScrollArea, Text, TextInput, ThemeIcon, UnstyledButton } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, type Ref, useState } from 'react';
import { type ActionType, actionTypes, isActionType } from '../../schemas/actions/index.ts';
import { cards } from '../actions/index.ts';
import classes from './ActionTypeList.module.css';

/** What a dragged action type is called in the clipboard of the drag. */
export const dragFormat = 'application/x-sluice-action-type';

interface ActionTypeListProps {
  onPick: (type: ActionType) => void;
  /** True where the items can be dragged onto the canvas. */
  isDraggable?: boolean;
  searchRef?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
}

/** The action types, found by typing, picked by click, Enter or drag. Arrow keys walk through them. */
export function ActionTypeList({ onPick, isDraggable = false, searchRef, autoFocus = false }: ActionTypeListProps) {
  const [search, setSearch] = useState('');
  const found = matching(search);
  return (
    <div className={classes.root} data-walk>
      <TextInput
        ref={searchRef}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          walk(event);
          const [first] = found;
          if (event.key !== 'Enter' || first === undefined || search === '') return;
          onPick(first);
          // The next action is looked for among all of them again.
          setSearch('');
        }}
        placeholder="Find an action"
        aria-label="Find an action"
        leftSection={<IconSearch size={14} />}
        size="xs"
        data-autofocus={autoFocus || undefined}
      />
      <ScrollArea.Autosize mah="100%" type="auto" scrollbars="y" className={classes.scroll}>
        <ul className={classes.list} aria-label="Action types">
          {found.map((type) => (
            <li key={type}>
              <TypeItem type={type} isDraggable={isDraggable} onPick={onPick} />
            </li>
          ))}
        </ul>
        {found.length === 0 && (
          <Text size="xs" c="var(--sluice-muted)" p="xs">
            No action is called that.
          </Text>
        )}
      </ScrollArea.Autosize>
    </div>
  );
}

function TypeItem({
  type,
  isDraggable,
  onPick,
}: {
  type: ActionType;
  isDraggable: boolean;
  onPick: (type: ActionType) => void;
}) {
  const { icon: Icon, colour } = cards[type];
  const { title, description } = actionTypes[type];
  const startDrag = (event: DragEvent) => {
    event.dataTransfer.setData(dragFormat, type);
    event.dataTransfer.effectAllowed = 'copy';
  };
  return (
    <UnstyledButton
      className={classes.item}
      draggable={isDraggable}
      onDragStart={startDrag}
      onClick={() => onPick(type)}
      onKeyDown={walk}
      data-action-type={type}
    >
      <ThemeIcon variant="light" color={colour} size={30} radius="md" aria-hidden>
        <Icon size={17} stroke={1.7} />
      </ThemeIcon>
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        <span className={classes.description}>{description}</span>
      </span>
    </UnstyledButton>
  );
}

/** Those whose name holds the words come first: "queue" is first of all the transfer, then whatever speaks of queues. */
function matching(search: string): ActionType[] {
  const words = search.toLowerCase().split(/\s+/);
  const holds = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const found = Object.keys(actionTypes)
    .filter(isActionType)
    .filter((type) => holds(`${actionTypes[type].title} ${actionTypes[type].description} ${cards[type].keywords}`));
  return found.toSorted((a, b) => Number(holds(actionTypes[b].title)) - Number(holds(actionTypes[a].title)));
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const list = event.currentTarget.closest('[data-walk]');
  const items = [...(list?.querySelectorAll<HTMLElement>('input, [data-action-type]') ?? [])];
  const at = items.indexOf(event.currentTarget);
  const next = items[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
