import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { use } from 'react';
import { mainSheet } from '../../schemas/sheet.ts';
import { CommandMenuItem } from '../commands/CommandMenuItem.tsx';
import { runCommand } from '../commands/command-table.ts';
import { useCommandContext } from '../commands/useCommands.ts';
import { IssuesContext } from '../problems/IssuesContext.ts';
import { useEditor, useEditorStore } from '../state/useEditor.ts';
import { type Tab, TabBar } from './TabBar.tsx';

/** No task can be called that: ids are not empty. */
const main = '';

/** One tab for the flow itself and one for each task; there also while there is only one, so that the next can be made. */
export function SheetTabs() {
  const store = useEditorStore();
  const context = useCommandContext();
  const { issues } = use(IssuesContext);
  const tasks = useEditor((state) => state.history.flow.tasks);
  const open = useEditor((state) => state.sheet) ?? main;
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const issuesOf = (id: string) => issues.filter(({ task = main }) => task === id);
  const tabs: Tab[] = [
    { id: main, name: 'Main', kind: 'main', issues: issuesOf(main) },
    ...Object.entries(tasks ?? {}).map(
      ([id, { name }]): Tab => ({ id, name: name || id, kind: 'task', issues: issuesOf(id) }),
    ),
  ];
  return (
    <TabBar
      label="Tabs of the flow"
      tabs={tabs}
      open={open}
      onOpen={(id) => store.getState().openSheet(id === main ? mainSheet : id)}
      onRename={(id) => id !== main && runCommand('rename-task', context)}
    >
      {open !== main && !isReadOnly && (
        <Menu position="bottom-start" width={250} shadow="md">
          <Menu.Target>
            <ActionIcon size="sm" aria-label="This task">
              <IconChevronDown size={14} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <CommandMenuItem id="rename-task" />
            <CommandMenuItem id="duplicate-task" />
            <CommandMenuItem id="delete-task" />
          </Menu.Dropdown>
        </Menu>
      )}
      {!isReadOnly && (
        <Tooltip label="Draw a new task: a part of the flow that is called by name">
          <ActionIcon size="sm" aria-label="Draw a new task" onClick={() => runCommand('new-task', context)}>
            <IconPlus size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </TabBar>
  );
}
