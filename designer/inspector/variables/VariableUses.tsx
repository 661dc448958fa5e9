import { Anchor, Button, Popover, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { actionTypes } from '../../../schemas/actions/index.ts';
import { findSheet } from '../../../schemas/sheet.ts';
import type { VariableUse } from '../../../schemas/variable-uses.ts';
import { useEditorStore } from '../../state/useEditor.ts';

/** How often a variable is used, and a way to each of the settings. */
export function VariableUses({ name, uses }: { name: string; uses: readonly VariableUse[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const store = useEditorStore();
  if (uses.length === 0) {
    return (
      <Text size="xs" c="var(--sluice-muted)" style={{ whiteSpace: 'nowrap' }}>
        unused
      </Text>
    );
  }
  const go = ({ sheet, action, setting }: VariableUse) => {
    setIsOpen(false);
    store.getState().show(action, setting, sheet);
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={260} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-xs"
          px={4}
          style={{ flex: 'none' }}
          aria-label={`${uses.length === 1 ? '1 use' : `${uses.length} uses`} of ${name}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          {uses.length === 1 ? '1 use' : `${uses.length} uses`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none', maxHeight: 280, overflow: 'auto' }}>
          {uses.map((use) => (
            <li key={`${use.sheet} ${use.action} ${use.setting} ${use.isWritten}`}>
              <Anchor component="button" type="button" size="sm" ta="start" onClick={() => go(use)}>
                {nameOf(use, store.getState().history.flow)}
              </Anchor>
              <Text size="xs" c="var(--sluice-muted)">
                {use.isWritten ? 'written by' : 'read by'} {titleOf(use, store.getState().history.flow)}
              </Text>
            </li>
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

type Flow = Parameters<typeof findSheet>[0];

function nameOf({ sheet, action }: VariableUse, flow: Flow): string {
  const name = findSheet(flow, sheet)?.actions[action]?.name || action;
  const task = sheet === null ? undefined : flow.tasks?.[sheet]?.name;
  return task === undefined ? name : `${task}: ${name}`;
}

/** The setting in the words of its form. */
function titleOf({ sheet, action, setting }: VariableUse, flow: Flow): string {
  const type = findSheet(flow, sheet)?.actions[action]?.type;
  const properties: object = type === undefined ? {} : actionTypes[type].settings.properties;
  const property: unknown = Reflect.get(properties, setting);
  const title: unknown = typeof property === 'object' && property !== null ? Reflect.get(property, 'title') : undefined;
  return typeof title === 'string' ? title.toLowerCase() : setting;
}
