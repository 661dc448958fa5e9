import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput, ThemeIcon, Tooltip } from '@mantine/core';
import { IconCopy, IconFocus2, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import { actionTypes, isEnding } from '../../schemas/actions/index.ts';
import type { Issue } from '../../schemas/issue.ts';
import { toPointer } from '../../schemas/json-pointer.ts';
import { pathOfSheet } from '../../schemas/sheet.ts';
import { cards } from '../actions/index.ts';
import { duplicateSelection } from '../state/clipboard.ts';
import { changeSetting } from '../state/commands/change-settings.ts';
import { deleteActions } from '../state/commands/delete-actions.ts';
import { changeNote, renameAction } from '../state/commands/rename-action.ts';
import { setEntry } from '../state/commands/set-entry.ts';
import { useEditor, useEditorStore, useSheet } from '../state/useEditor.ts';
import { Connections } from './Connections.tsx';
import { SchemaForm } from './SchemaForm.tsx';
import { Section } from './Section.tsx';

/** Everything about one action: name, settings by its schema, where its outcomes lead, a note. */
export function ActionInspector({ id, issues }: { id: string; issues: readonly Issue[] }) {
  const store = useEditorStore();
  const action = useSheet((sheet) => sheet.actions[id]);
  const isEntry = useSheet((sheet) => sheet.entry === id);
  const sheetPath = pathOfSheet(useEditor((state) => state.sheet));
  const isReadOnly = useEditor((state) => state.isReadOnly);
  const form = useRef<HTMLDivElement>(null);
  useShownSetting(form);
  const { run } = store.getState();
  const settingsNow = action?.settings;
  const value = useMemo(() => ({ ...settingsNow }), [settingsNow]);
  const change = useCallback(
    (setting: string, next: unknown) => store.getState().run(changeSetting(id, setting, next)),
    [store, id],
  );
  if (action === undefined) return null;
  const { icon: Icon, colour } = cards[action.type];
  const { title, description, settings } = actionTypes[action.type];
  return (
    <div ref={form}>
      <Stack gap="md" p="md">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <ThemeIcon variant="light" color={colour} size={36} radius="md" aria-hidden>
            <Icon size={20} stroke={1.7} />
          </ThemeIcon>
          <div style={{ flex: 1, minWidth: 0 }}>
            <Text fw={600} size="md">
              {title}
            </Text>
            <Text size="xs" c="var(--sluice-muted)">
              {description}
            </Text>
          </div>
        </Group>
        <TextInput
          label="Name"
          value={action.name}
          onChange={({ currentTarget }) => run(renameAction(id, currentTarget.value))}
          maxLength={200}
          error={issues.find((issue) => issue.path === toPointer(...sheetPath, 'actions', id, 'name'))?.message}
          data-name-field
        />
        <SchemaForm
          // Another action is another form: nothing half-typed is carried over.
          key={id}
          schema={settings}
          value={value}
          onChange={change}
          path={toPointer(...sheetPath, 'actions', id, 'settings')}
          issues={issues}
        />
        {!isEnding(action.type) && (
          <Section title="Connections">
            <Connections id={id} issues={issues} />
          </Section>
        )}
        <Note id={id} note={action.note ?? ''} />
        <Foot id={id} isEntry={isEntry} isReadOnly={isReadOnly} />
      </Stack>
    </div>
  );
}

/** What follows is memoised: a letter typed into one field must not draw the others. */
const Note = memo(function Note({ id, note }: { id: string; note: string }) {
  const store = useEditorStore();
  return (
    <Textarea
      label="Note"
      placeholder="For colleagues: why this step is here"
      value={note}
      onChange={({ currentTarget }) => store.getState().run(changeNote(id, currentTarget.value))}
      maxLength={10_000}
      autosize
      minRows={1}
      maxRows={8}
    />
  );
});

const Foot = memo(function Foot({ id, isEntry, isReadOnly }: { id: string; isEntry: boolean; isReadOnly: boolean }) {
  const store = useEditorStore();
  const { run, show } = store.getState();
  return (
    <Group justify="space-between" gap="xs">
      <Text size="xs" c="var(--sluice-muted)">
        id <code>{id}</code>
      </Text>
      {!isReadOnly && (
        <Group gap={4}>
          {!isEntry && (
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconPlayerPlay size={13} />}
              onClick={() => run(setEntry(id))}
            >
              Start here
            </Button>
          )}
          <InspectorButton label="Show on the canvas" onClick={() => show(id)}>
            <IconFocus2 size={15} />
          </InspectorButton>
          <InspectorButton label="Duplicate" onClick={() => duplicateSelection(store)}>
            <IconCopy size={15} />
          </InspectorButton>
          <InspectorButton label="Delete" onClick={() => run(deleteActions([id]))}>
            <IconTrash size={15} />
          </InspectorButton>
        </Group>
      )}
    </Group>
  );
});

function InspectorButton({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: React.ReactNode;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** A problem was clicked: its setting is scrolled to and gets the keyboard. */
function useShownSetting(form: React.RefObject<HTMLDivElement | null>): void {
  const shown = useEditor((state) => state.focus);
  const at = shown?.at;
  const setting = shown?.setting;
  useEffect(() => {
    if (at === undefined || setting === undefined) return;
    const place =
      setting === 'name'
        ? form.current?.querySelector<HTMLElement>('[data-name-field]')
        : form.current?.querySelector<HTMLElement>(`[data-setting="${CSS.escape(setting)}"]`);
    const input = place?.matches('input')
      ? place
      : place?.querySelector<HTMLElement>('input, textarea, [contenteditable="true"]');
    place?.scrollIntoView({ block: 'center' });
    input?.focus({ preventScroll: true });
  }, [at, setting, form]);
}
