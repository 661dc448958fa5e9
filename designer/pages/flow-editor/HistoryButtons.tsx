import { ActionIcon, Menu, ScrollArea, Text, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useEditor, useEditorStore } from '../../state/useEditor.ts';

/** More than these nobody reads; the keys go further. */
const maxListed = 15;

/** Undo, redo, and the list of the last steps, to go back several at once. */
export function HistoryButtons() {
  const undoes = useEditor((state) => state.history.past.at(-1)?.label);
  const redoes = useEditor((state) => state.history.future[0]?.label);
  return (
    <>
      <CommandButton id="undo" says={undoes === undefined ? undefined : `Undo: ${undoes}`} />
      <HistoryMenu />
      <CommandButton id="redo" says={redoes === undefined ? undefined : `Redo: ${redoes}`} />
    </>
  );
}

function HistoryMenu() {
  const [isOpen, setIsOpen] = useState(false);
  const isEmpty = useEditor(({ history, isHistoryLost }) => {
    return history.past.length + history.future.length === 0 && !isHistoryLost;
  });
  return (
    <Menu opened={isOpen} onChange={setIsOpen} position="bottom-start" width={280} shadow="md">
      <Tooltip label="The last steps" disabled={isOpen}>
        <Menu.Target>
          <ActionIcon aria-label="The last steps" w={18} miw={18} disabled={isEmpty}>
            <IconChevronDown size={13} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>{isOpen && <Steps />}</Menu.Dropdown>
    </Menu>
  );
}

/** Apart from its button, which every letter would draw anew. */
function Steps() {
  const store = useEditorStore();
  const past = useEditor((state) => state.history.past);
  const future = useEditor((state) => state.history.future);
  const isHistoryLost = useEditor((state) => state.isHistoryLost);
  const back = past.slice(-maxListed).toReversed();
  const forth = future.slice(0, maxListed);
  return (
    <ScrollArea.Autosize mah="60vh" type="auto">
      {back.length > 0 && <Menu.Label>Undo up to</Menu.Label>}
      {back.map(({ label }, index) => (
        <Menu.Item
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is of places in the history
          key={`past ${index}`}
          leftSection={<IconArrowBackUp size={15} stroke={1.7} />}
          onClick={() => store.getState().undo(index + 1)}
        >
          <Text size="sm" truncate="end">
            {label}
          </Text>
        </Menu.Item>
      ))}
      {forth.length > 0 && <Menu.Label>Redo up to</Menu.Label>}
      {forth.map(({ label }, index) => (
        <Menu.Item
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is of places in the history
          key={`future ${index}`}
          leftSection={<IconArrowForwardUp size={15} stroke={1.7} />}
          onClick={() => store.getState().redo(index + 1)}
        >
          <Text size="sm" truncate="end">
            {label}
          </Text>
        </Menu.Item>
      ))}
      {isHistoryLost && (
        <Text size="xs" c="var(--sluice-muted)" px="sm" py={6}>
          Earlier steps are gone: the draft was changed elsewhere since.
        </Text>
      )}
    </ScrollArea.Autosize>
  );
}
