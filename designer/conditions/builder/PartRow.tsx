import { Anchor, Text } from '@mantine/core';
import { useState } from 'react';
import type { Logic } from '../../../schemas/logic.ts';
import { describeLogic } from '../../../schemas/wording/describe-logic.ts';
import { useCardWords } from '../../actions/useCardWords.ts';
import { errorOf } from '../../fields/error-of.tsx';
import { JsonText } from '../../fields/JsonText.tsx';
import { readComparison } from '../comparison.ts';
import { type Path, replacePart } from '../groups.ts';
import classes from './Builder.module.css';
import { useBuilder } from './BuilderContext.ts';
import { ComparisonRow } from './ComparisonRow.tsx';

interface PartRowProps {
  logic: Logic;
  path: Path;
  pointer: string;
}

/** One part that is no group: a comparison, or anything else in words. */
export function PartRow({ logic, path, pointer }: PartRowProps) {
  const { fields, edit, issuesAt } = useBuilder();
  const comparison = readComparison(logic, fields);
  const change = (next: Logic) => edit((root) => replacePart(root, path, next));
  const mistakes = errorOf(issuesAt(pointer));
  return (
    <>
      {comparison === null ? (
        <OtherRow logic={logic} onChange={change} />
      ) : (
        <ComparisonRow comparison={comparison} onChange={change} />
      )}
      {mistakes !== undefined && (
        <Text size="xs" c="var(--mantine-color-error)" className={classes.mistake}>
          {mistakes}
        </Text>
      )}
    </>
  );
}

/** What has no line: told in words, kept as it is, and edited as the JSON that it is. */
function OtherRow({ logic, onChange }: { logic: Logic; onChange: (logic: Logic) => void }) {
  const { isReadOnly } = useBuilder();
  const words = useCardWords();
  const [isEdited, setIsEdited] = useState(false);
  return (
    <div className={classes.other}>
      <Text size="sm" fs="italic">
        {describeLogic(logic, words)}
      </Text>
      {!isReadOnly && (
        <Anchor
          component="button"
          type="button"
          size="xs"
          onClick={() => setIsEdited(!isEdited)}
          aria-expanded={isEdited}
        >
          {isEdited ? 'Close the JSON' : 'Edit as JSON'}
        </Anchor>
      )}
      {isEdited && (
        <JsonText
          label="This part as JSON"
          isLabelHidden
          rows={3}
          value={logic}
          // JsonText gives what JSON.parse made: by form that is JsonLogic.
          onChange={(next) => onChange(next as Logic)}
        />
      )}
    </div>
  );
}
