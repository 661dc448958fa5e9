import { Combobox, Kbd, Modal, ScrollArea, Text, TextInput, ThemeIcon, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import classes from './ChoiceList.module.css';
import { type Choice, type ChoiceItem, matching } from './choice.ts';

interface ChoiceListProps {
  choice: Choice;
  /** Null if the person thought better of it. */
  onAnswer: (id: string | null) => void;
}

/**
 * A list to choose from by typing. What cannot be chosen stays in it and says why. The keyboard is back where it was before the
 * answer is given, so that what follows knows where the person was.
 */
export function ChoiceList({ choice, onAnswer }: ChoiceListProps) {
  const [query, setQuery] = useState('');
  const combobox = useCombobox({ opened: true });
  const [before] = useState(() => document.activeElement);
  const found = useMemo(() => matching(choice.items, query), [choice, query]);
  const list = useRef(combobox);
  list.current = combobox;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list of answers begins at its first
  useEffect(() => {
    list.current.selectFirstOption();
  }, [found]);

  const answer = (id: string | null) => {
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    onAnswer(id);
  };
  const submit = (id: string) => {
    const item = found.find((each) => each.id === id);
    if (item !== undefined && (item.reason ?? null) === null) answer(id);
  };
  const groups = query.trim() === '' ? [...Map.groupBy(found, ({ group }) => group)] : [[undefined, found] as const];
  return (
    <Modal.Root
      opened
      onClose={() => answer(null)}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      size={560}
      padding={0}
      yOffset="14vh"
    >
      <Modal.Overlay />
      <Modal.Content aria-label={choice.title}>
        <Modal.Body className={classes.body ?? ''}>
          <Combobox store={combobox} onOptionSubmit={submit}>
            <Combobox.EventsTarget withExpandedAttribute>
              <TextInput
                value={query}
                onChange={({ currentTarget }) => setQuery(currentTarget.value)}
                // The list takes Escape for itself, and would only close what cannot be closed.
                onKeyDownCapture={({ key }) => key === 'Escape' && answer(null)}
                placeholder={choice.placeholder}
                aria-label={choice.title}
                role="combobox"
                leftSection={<IconSearch size={16} />}
                variant="unstyled"
                size="md"
                className={classes.search}
                // At once: the trap of the dialog takes the keyboard a moment later, and letters that were typed meanwhile would be lost.
                autoFocus
                data-autofocus
              />
            </Combobox.EventsTarget>
            <ScrollArea.Autosize
              mah="min(420px, 60vh)"
              type="auto"
              className={classes.scroll}
              viewportProps={{ tabIndex: 0 }}
            >
              <Combobox.Options aria-label={choice.title}>
                {groups.map(([group, items]) =>
                  group === undefined ? (
                    items.map((item) => <Option key={item.id} item={item} />)
                  ) : (
                    <Combobox.Group key={group} label={group}>
                      {items.map((item) => (
                        <Option key={item.id} item={item} />
                      ))}
                    </Combobox.Group>
                  ),
                )}
                {found.length === 0 && <Combobox.Empty>{choice.empty}</Combobox.Empty>}
              </Combobox.Options>
            </ScrollArea.Autosize>
          </Combobox>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Option({ item }: { item: ChoiceItem }) {
  const { id, title, icon: Icon, colour = 'gray', hint, keys, reason = null } = item;
  return (
    <Combobox.Option value={id} className={classes.option} aria-disabled={reason !== null}>
      {Icon !== undefined && (
        <ThemeIcon variant="light" color={colour} size={24} aria-hidden>
          <Icon size={15} stroke={1.7} />
        </ThemeIcon>
      )}
      <span className={classes.words}>
        <span>{title}</span>
        {(reason ?? hint) !== undefined && (
          <Text span size="xs" className={classes.hint}>
            {reason ?? hint}
          </Text>
        )}
      </span>
      {keys !== undefined && <Kbd size="xs">{keys}</Kbd>}
    </Combobox.Option>
  );
}
