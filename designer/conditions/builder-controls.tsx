import { ActionIcon, Button } from '@mantine/core';
import { MantineNotToggle, type MantineNotToggleProps, MantineValueSelector } from '@react-querybuilder/mantine';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ActionProps, ControlElementsProp, FullField, VersatileSelectorProps } from 'react-querybuilder';
import { ValueEditor } from './ValueEditor.tsx';

function AddButton({ className, handleOnClick, label, title, disabled }: ActionProps) {
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      px={4}
      leftSection={<IconPlus size={12} />}
      styles={{ section: { marginInlineEnd: 3 } }}
      {...(className === undefined ? {} : { className })}
      {...(title === undefined ? {} : { title })}
      disabled={disabled ?? false}
      onClick={(event) => handleOnClick(event)}
    >
      {label}
    </Button>
  );
}

function RemoveButton({ className, handleOnClick, title, disabled }: ActionProps) {
  return (
    <ActionIcon
      size="sm"
      {...(className === undefined ? {} : { className })}
      aria-label={title ?? 'Remove'}
      disabled={disabled ?? false}
      onClick={(event) => handleOnClick(event)}
    >
      <IconX size={14} />
    </ActionIcon>
  );
}

function Selector(props: VersatileSelectorProps) {
  return (
    <MantineValueSelector
      {...props}
      size="xs"
      searchable={props.options.length > 0 && 'options' in (props.options[0] ?? {})}
      allowDeselect={false}
      comboboxProps={wideEnough}
      aria-label={props.title ?? 'Choose'}
    />
  );
}

function NotToggle(props: MantineNotToggleProps) {
  return <MantineNotToggle {...props} size="xs" />;
}

const wideEnough = { width: 'max-content', position: 'bottom-start' as const };

/** The builder's parts, small enough for the inspector. */
export const builderControls: ControlElementsProp<FullField, string> = {
  addRuleAction: AddButton,
  addGroupAction: AddButton,
  removeRuleAction: RemoveButton,
  removeGroupAction: RemoveButton,
  fieldSelector: Selector,
  operatorSelector: Selector,
  combinatorSelector: Selector,
  notToggle: NotToggle,
  valueEditor: ValueEditor,
};
