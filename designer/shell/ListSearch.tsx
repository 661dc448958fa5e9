import { Kbd, TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { isShortcut } from '../commands/shortcut.ts';

interface ListSearchProps extends Pick<TextInputProps, 'w' | 'maw' | 'flex'> {
  /** "Find an address" */
  label: string;
  /** "Find by address, name or group" */
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

/** Above a list: narrows it while somebody types. The slash leads here from everywhere on the page where nobody writes. */
export function ListSearch({ label, placeholder, value, onChange, maw = 380, ...size }: ListSearchProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isShortcut(event, '/') || isTaken(event.target)) return;
      event.preventDefault();
      field.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <TextInput
      ref={field}
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={placeholder}
      leftSection={<IconSearch size={15} />}
      rightSection={value === '' && <Kbd size="xs">/</Kbd>}
      rightSectionPointerEvents="none"
      maxLength={200}
      maw={maw}
      {...size}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** Somebody writes there, or another page lies above this one. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const takesText = 'input, textarea, select, [role="combobox"], [role="dialog"], [role="listbox"], [role="menu"]';
  return target.isContentEditable || target.closest(takesText) !== null;
}
