import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Issue } from '../../../schemas/issue.ts';
import { errorOf } from '../../fields/error-of.tsx';
import { useFieldSurroundings } from '../../fields/FieldContext.ts';

interface VariableNameProps {
  label: string;
  value: string;
  others: readonly string[];
  onRename: (name: string) => void;
  issues: readonly Issue[];
}

/** Taken over when it is finished, and then everywhere at once: half a name would rename the uses to half of it. */
export function VariableName({ label, value, others, onRename, issues }: VariableNameProps) {
  const { isReadOnly } = useFieldSurroundings();
  const [typed, setTyped] = useState<string | null>(null);
  const name = (typed ?? value).trim();
  const mistake =
    typed === null
      ? undefined
      : !/^[A-Za-z]\w{0,63}$/.test(name)
        ? 'Letters, digits and underscores, beginning with a letter.'
        : others.includes(name)
          ? 'Another variable has this name.'
          : undefined;
  const finish = () => {
    if (typed !== null && mistake === undefined && name !== value) onRename(name);
    setTyped(null);
  };
  return (
    <TextInput
      size="xs"
      flex={1}
      aria-label={label}
      value={typed ?? value}
      readOnly={isReadOnly}
      data-local-undo
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape') setTyped(null);
      }}
      error={mistake ?? errorOf(issues)}
    />
  );
}
