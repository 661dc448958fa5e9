import { Select, type SelectProps } from '@mantine/core';

/** Typing narrows the list; more than this nobody scrolls through. */
const maxShown = 100;

/** A list of actions to choose from. Its options are made when it opens: a closed list of a thousand would be drawn anew with every letter typed beside it. */
export function ActionSelect(props: Omit<SelectProps, 'limit' | 'searchable' | 'comboboxProps'>) {
  return <Select {...props} searchable limit={maxShown} comboboxProps={{ keepMounted: false }} />;
}
