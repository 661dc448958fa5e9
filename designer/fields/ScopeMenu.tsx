import { ActionIcon, Combobox, ScrollArea, Text, Tooltip, useCombobox } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useState } from 'react';
import { useFieldSurroundings } from './FieldContext.ts';
import { type ScopeChoice, scopeChoices } from './scope-menu.ts';

/** A button that inserts something of the mail or a variable. */
export function ScopeMenu({ onPick, label }: { onPick: (path: string) => void; label: string }) {
  const { variables, isReadOnly } = useFieldSurroundings();
  const [search, setSearch] = useState('');
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const found = combobox.dropdownOpened ? matching(scopeChoices(variables), search) : [];
  const groups = Map.groupBy(found, ({ group }) => group);
  return (
    <Combobox
      store={combobox}
      width={300}
      position="bottom-end"
      withinPortal
      onOptionSubmit={(path) => {
        onPick(path);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Tooltip label={label}>
          <ActionIcon
            size="sm"
            aria-label={label}
            aria-expanded={combobox.dropdownOpened}
            disabled={isReadOnly}
            onClick={() => combobox.toggleDropdown()}
          >
            <IconBraces size={15} />
          </ActionIcon>
        </Tooltip>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={({ currentTarget }) => {
            setSearch(currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
          placeholder="Find a value"
          aria-label="Find a value"
        />
        <Combobox.Options>
          <ScrollArea.Autosize mah={280} type="auto">
            {found.length === 0 && <Combobox.Empty>Nothing is called that.</Combobox.Empty>}
            {[...groups].map(([group, choices]) => (
              <Combobox.Group key={group} label={group}>
                {choices.map(({ path, label: words }) => (
                  <Combobox.Option key={path} value={path}>
                    <Text size="sm">{words}</Text>
                    {words !== path && (
                      <Text size="xs" c="var(--sluice-muted)" ff="monospace">
                        {path}
                      </Text>
                    )}
                  </Combobox.Option>
                ))}
              </Combobox.Group>
            ))}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function matching(choices: readonly ScopeChoice[], search: string): ScopeChoice[] {
  const text = search.trim().toLowerCase();
  return choices.filter(({ path, label }) => `${path} ${label}`.toLowerCase().includes(text));
}
