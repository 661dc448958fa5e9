import { Button, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { use, useMemo } from 'react';
import { mainSheet } from '../../schemas/sheet.ts';
import { FieldContext } from '../fields/FieldContext.ts';
import { IssuesContext } from '../problems/IssuesContext.ts';
import { duplicateSelection } from '../state/clipboard.ts';
import { deleteActions } from '../state/commands/delete-actions.ts';
import { useEditor, useEditorStore } from '../state/useEditor.ts';
import { ActionInspector } from './ActionInspector.tsx';
import { FlowInspector } from './FlowInspector.tsx';
import classes from './Inspector.module.css';

/** Settings of what is selected; of the flow itself where nothing is. */
export function Inspector() {
  const selection = useEditor((state) => state.selection);
  const sheet = useEditor((state) => state.sheet);
  const variables = useEditor((state) => state.history.flow.variables);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const { issues } = use(IssuesContext);
  const surroundings = useMemo(() => ({ variables: variables ?? [], isReadOnly }), [variables, isReadOnly]);
  const [first] = selection;
  return (
    <FieldContext value={surroundings}>
      <aside className={classes.root} aria-label="Inspector">
        <ScrollArea h="100%" type="auto" scrollbars="y">
          <fieldset disabled={isReadOnly} className={classes.fields}>
            {selection.length > 1 ? (
              <Many ids={selection} />
            ) : first === undefined ? (
              <FlowInspector issues={issues} />
            ) : (
              <ActionInspector
                key={`${sheet} ${first}`}
                id={first}
                issues={issues.filter((issue) => issue.action === first && (issue.task ?? mainSheet) === sheet)}
              />
            )}
          </fieldset>
        </ScrollArea>
      </aside>
    </FieldContext>
  );
}

function Many({ ids }: { ids: readonly string[] }) {
  const store = useEditorStore();
  return (
    <Stack p="md" gap="sm">
      <Text fw={600}>{ids.length} actions selected</Text>
      <Group gap="xs">
        <Button variant="default" leftSection={<IconCopy size={14} />} onClick={() => duplicateSelection(store)}>
          Duplicate
        </Button>
        <Button
          variant="default"
          leftSection={<IconTrash size={14} />}
          onClick={() => store.getState().run(deleteActions(ids))}
        >
          Delete
        </Button>
      </Group>
    </Stack>
  );
}
