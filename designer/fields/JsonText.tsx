import { JsonInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';

interface JsonTextProps {
  id?: string;
  label: string;
  /** Where the label stands above already. */
  isLabelHidden?: boolean;
  description?: string | undefined;
  value: unknown;
  onChange: (value: unknown) => void;
  /** What an empty field stands for; without it an empty field is a mistake. */
  whenEmpty?: { value: unknown };
  error?: ReactNode;
  rows?: number;
}

/** JSON as text. The document changes when the text is whole JSON again; until then the mistake is named below. */
export function JsonText({
  id,
  label,
  isLabelHidden = false,
  description,
  value,
  onChange,
  whenEmpty,
  error,
  rows = 6,
}: JsonTextProps) {
  const known = value === undefined ? '' : JSON.stringify(value, null, 2);
  const [text, setText] = useState(known);
  const [mistake, setMistake] = useState<string | null>(null);

  useEffect(() => {
    // Changed from elsewhere, by undo for instance; what is being typed has the same meaning and stays as it is typed.
    setText((typed) => (isSameJson(typed, known) ? typed : known));
    setMistake(null);
  }, [known]);

  const type = (next: string) => {
    setText(next);
    if (next.trim() === '') {
      setMistake(whenEmpty === undefined ? 'Write some JSON here.' : null);
      if (whenEmpty !== undefined) onChange(whenEmpty.value);
      return;
    }
    const parsed = parse(next);
    setMistake('mistake' in parsed ? parsed.mistake : null);
    if ('value' in parsed && JSON.stringify(parsed.value) !== JSON.stringify(value)) onChange(parsed.value);
  };
  return (
    <JsonInput
      {...(id === undefined ? {} : { id })}
      label={isLabelHidden ? undefined : label}
      aria-label={label}
      description={description}
      value={text}
      onChange={type}
      autosize
      minRows={rows}
      maxRows={24}
      spellCheck={false}
      error={mistake ?? error}
      data-local-undo
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
    />
  );
}

function parse(text: string): { value: unknown } | { mistake: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (thrown) {
    return { mistake: `This is not JSON yet: ${thrown instanceof Error ? thrown.message : String(thrown)}` };
  }
}

function isSameJson(a: string, b: string): boolean {
  const one = parse(a);
  const other = parse(b);
  return 'value' in one && 'value' in other && JSON.stringify(one.value) === JSON.stringify(other.value);
}
