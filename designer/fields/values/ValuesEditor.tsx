import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { foldCase } from '../../../schemas/fold-case.ts';
import { cleanValues } from '../../../schemas/named-list.ts';
import { formatCount } from '../../shell/format.ts';
import { ColumnChooser } from './ColumnChooser.tsx';
import { plainValues, readTable, type Table } from './read-table.ts';
import classes from './ValuesEditor.module.css';

interface ValuesEditorProps {
  label: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  isReadOnly?: boolean;
  /** Most values that the list may have. */
  most: number;
  placeholder?: string;
  /** The text of a file to begin by adding. */
  given?: string;
}

/** So many rows are drawn at once; searching finds the others. */
const page = 200;
/** Fewer than this are seen at a glance. */
const searchFrom = 8;

/** Many short texts: typed, pasted from a spreadsheet or a file, searched, and told apart whatever their case. */
export function ValuesEditor({
  label,
  values,
  onChange,
  isReadOnly = false,
  most,
  placeholder,
  given,
}: ValuesEditorProps) {
  const [text, setText] = useState('');
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(page);
  const [asked, setAsked] = useState<Table | null>(null);
  const [said, setSaid] = useState('');

  const found = useMemo(() => {
    const wanted = foldCase(search.trim());
    return values.flatMap((value, at) => (wanted === '' || foldCase(value).includes(wanted) ? [{ value, at }] : []));
  }, [values, search]);

  const add = (more: readonly string[]) => {
    const { values: all, duplicates, empty } = cleanValues([...values, ...more]);
    const fitting = all.slice(0, most);
    onChange(fitting);
    setSaid(
      outcome({ added: fitting.length - values.length, duplicates, empty, over: all.length - fitting.length, most }),
    );
    setText('');
    setAsked(null);
    setSearch('');
  };
  const take = (given: string) => {
    const table = readTable(given);
    const plain = plainValues(table);
    if (plain === null) setAsked(table);
    else add(plain);
  };
  const taken = useRef(false);
  useEffect(() => {
    // Once for each file: the editor is keyed by it.
    if (given === undefined || taken.current) return;
    taken.current = true;
    take(given);
  });
  const remove = (places: ReadonlySet<number>) => {
    onChange(values.filter((_, at) => !places.has(at)));
    setSaid(places.size === 1 ? 'Removed 1.' : `Removed ${formatCount(places.size)}.`);
    setSearch('');
  };
  return (
    <Stack gap={8} role="group" aria-label={label}>
      {!isReadOnly && (
        <Group gap={6} align="flex-start" wrap="nowrap">
          <Textarea
            flex={1}
            size="xs"
            autosize
            minRows={1}
            maxRows={5}
            aria-label={`Add to ${label.toLowerCase()}`}
            placeholder={placeholder ?? 'Type a value, or paste from a spreadsheet'}
            value={text}
            data-local-undo
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData('text/plain');
              if (text !== '' || !/[\n\t;,]/.test(pasted.trim())) return;
              event.preventDefault();
              take(pasted);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              if (text.trim() !== '') take(text);
            }}
          />
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            disabled={text.trim() === ''}
            onClick={() => take(text)}
          >
            Add
          </Button>
        </Group>
      )}
      {asked !== null && <ColumnChooser table={asked} onTake={add} onCancel={() => setAsked(null)} />}
      <Text size="xs" c="var(--sluice-muted)" role="status">
        {said || countOf(values.length)}
      </Text>
      {values.length >= searchFrom && (
        <Group gap={6} wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            leftSection={<IconSearch size={13} />}
            aria-label={`Search ${label.toLowerCase()}`}
            placeholder="Search"
            value={search}
            onChange={({ currentTarget }) => {
              setSearch(currentTarget.value);
              setShown(page);
            }}
          />
          {search.trim() !== '' && (
            <Text size="xs" c="var(--sluice-muted)" style={{ whiteSpace: 'nowrap' }}>
              {formatCount(found.length)} of {formatCount(values.length)}
            </Text>
          )}
          {!isReadOnly && search.trim() !== '' && found.length > 0 && (
            <Button
              variant="subtle"
              color="red"
              size="compact-xs"
              onClick={() => remove(new Set(found.map(({ at }) => at)))}
            >
              Remove these
            </Button>
          )}
        </Group>
      )}
      {values.length > 0 && (
        <ul className={classes.values} aria-label={label}>
          {found.slice(0, shown).map(({ value, at }) => (
            <li key={`${at} ${value}`} className={classes.value}>
              <bdi>{value}</bdi>
              {!isReadOnly && (
                <ActionIcon size={18} aria-label={`Remove ${value}`} onClick={() => remove(new Set([at]))}>
                  <IconX size={12} />
                </ActionIcon>
              )}
            </li>
          ))}
          {found.length === 0 && <li className={classes.value}>No value has this in it.</li>}
        </ul>
      )}
      {found.length > shown && (
        <Button variant="subtle" size="compact-xs" w="fit-content" onClick={() => setShown(shown + page)}>
          Show {formatCount(Math.min(page, found.length - shown))} more of {formatCount(found.length - shown)}
        </Button>
      )}
    </Stack>
  );
}

function countOf(count: number): string {
  if (count === 0) return 'No value yet.';
  return count === 1 ? '1 value' : `${formatCount(count)} values`;
}

interface Outcome {
  added: number;
  duplicates: number;
  empty: number;
  /** How many did not fit. */
  over: number;
  most: number;
}

function outcome({ added, duplicates, empty, over, most }: Outcome): string {
  const parts = [added === 0 ? 'Nothing new.' : `Added ${formatCount(added)}.`];
  if (duplicates > 0) {
    parts.push(
      `${formatCount(duplicates)} ${duplicates === 1 ? 'was a duplicate and is' : 'were duplicates and are'} left out.`,
    );
  }
  if (empty > 0) parts.push(`${formatCount(empty)} empty ${empty === 1 ? 'one was' : 'ones were'} skipped.`);
  if (over > 0) parts.push(`${formatCount(over)} did not fit: there is room for ${formatCount(most)}.`);
  return parts.join(' ');
}
