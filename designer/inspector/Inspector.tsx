import { ScrollArea } from '@mantine/core';
import { use, useMemo } from 'react';
import { mainSheet } from '../../schemas/sheet.ts';
import { FieldContext } from '../fields/FieldContext.ts';
import { IssuesContext } from '../problems/IssuesContext.ts';
import { AfterPaint } from '../shell/AfterPaint.tsx';
import { useEditor, useSheet } from '../state/useEditor.ts';
import { ActionInspector } from './ActionInspector.tsx';
import { FlowInspector } from './FlowInspector.tsx';
import classes from './Inspector.module.css';
import { NoteInspector } from './NoteInspector.tsx';
import { SelectionInspector } from './SelectionInspector.tsx';
import { TaskInspector } from './TaskInspector.tsx';
import { useVisibleVariables } from './useVisibleVariables.ts';

/** Settings of what is selected; of the flow itself where nothing is. */
export function Inspector() {
  const selection = useEditor((state) => state.selection);
  const sheet = useEditor((state) => state.sheet);
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const { issues } = use(IssuesContext);
  const notes = useEditor((state) => state.selectedNotes);
  const [first] = selection;
  const variables = useVisibleVariables(first ?? null);
  const surroundings = useMemo(() => ({ variables, isReadOnly }), [variables, isReadOnly]);
  const [note] = notes;
  const issuesOfFirst = useMemo(
    () => issues.filter(({ action, task }) => action === first && (task ?? mainSheet) === sheet),
    [issues, first, sheet],
  );
  // A collapsed group of a single action looks like a group, and is inspected as one.
  const isGroup = useSheet(
    ({ groups }) =>
      selection.length === 1 &&
      Object.values(groups ?? {}).some(
        ({ collapsed, actions }) => collapsed && actions.length === 1 && actions[0] === first,
      ),
  );
  return (
    <FieldContext value={surroundings}>
      <aside className={classes.root} aria-label="Inspector">
        <AfterPaint>
          {/* Fields that are only read take no focus: without one of its own, no key would scroll them. */}
          <ScrollArea h="100%" type="auto" scrollbars="y" viewportProps={isReadOnly ? { tabIndex: 0 } : {}}>
            <fieldset disabled={isReadOnly} className={classes.fields}>
              {selection.length + notes.length > 1 || isGroup ? (
                <SelectionInspector ids={selection} notes={notes.length} />
              ) : note !== undefined ? (
                <NoteInspector key={note} id={note} />
              ) : first === undefined ? (
                sheet === mainSheet ? (
                  <FlowInspector issues={issues} />
                ) : (
                  <TaskInspector key={sheet} id={sheet} issues={issues} />
                )
              ) : (
                <ActionInspector key={`${sheet} ${first}`} id={first} issues={issuesOfFirst} />
              )}
            </fieldset>
          </ScrollArea>
        </AfterPaint>
      </aside>
    </FieldContext>
  );
}
