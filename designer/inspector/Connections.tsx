import { Stack } from '@mantine/core';
import { memo, useDeferredValue, useMemo } from 'react';
import { outcomesOf } from '../../schemas/actions/index.ts';
import type { Issue } from '../../schemas/issue.ts';
import { toPointer } from '../../schemas/json-pointer.ts';
import { pathOfSheet, type Sheet } from '../../schemas/sheet.ts';
import { errorOf } from '../fields/error-of.tsx';
import { useFieldSurroundings } from '../fields/FieldContext.ts';
import { connect } from '../state/commands/connect.ts';
import { disconnectOutcomes } from '../state/commands/disconnect-outcome.ts';
import { useEditor, useEditorStore, useSheet } from '../state/useEditor.ts';
import { ActionSelect } from './ActionSelect.tsx';

/** Where each outcome of an action leads, as lists to choose from: connecting without a mouse. */
export function Connections({ id, issues }: { id: string; issues: readonly Issue[] }) {
  // Names are typed elsewhere: the lists follow when there is time.
  const actions = useDeferredValue(useSheet((sheet) => sheet.actions));
  return <Lists id={id} issues={issues} actions={actions} />;
}

interface ListsProps {
  id: string;
  issues: readonly Issue[];
  actions: Sheet['actions'];
}

const Lists = memo(function Lists({ id, issues, actions }: ListsProps) {
  const store = useEditorStore();
  const { isReadOnly } = useFieldSurroundings();
  const sheetPath = pathOfSheet(useEditor((state) => state.sheet));
  const targets = useMemo(
    () =>
      Object.entries(actions).flatMap(([target, { name }]) =>
        target === id ? [] : [{ value: target, label: name || target }],
      ),
    [actions, id],
  );
  const action = actions[id];
  if (action === undefined) return null;
  const outcomes = outcomesOf(action);
  return (
    <Stack gap={8}>
      {outcomes.map((outcome) => {
        const path = `${toPointer(...sheetPath, 'actions', id, 'next')}${toPointer(outcome)}`;
        return (
          <ActionSelect
            key={outcome}
            size="xs"
            label={outcomes.length === 1 ? 'Goes on to' : outcome}
            aria-label={`${action.name}, ${outcome}: goes on to`}
            placeholder="Leads nowhere yet"
            data={targets}
            value={action.next?.[outcome] ?? null}
            onChange={(target) =>
              store
                .getState()
                .run(
                  target === null
                    ? disconnectOutcomes([{ action: id, outcome }])
                    : connect({ action: id, outcome, target }),
                )
            }
            clearable
            readOnly={isReadOnly}
            error={errorOf(issues.filter((issue) => issue.path === path))}
          />
        );
      })}
    </Stack>
  );
});
