import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { formatCount } from '../../shell/format.ts';
import { valueChanges } from './merge-values.ts';

interface ChangedElsewhereProps {
  /** The values that the person began with. */
  base: readonly string[];
  /** The values that the person has by now. */
  mine: readonly string[];
  /** The values that the server has by now. */
  theirs: readonly string[];
  onMerge: () => void;
}

/** Says that somebody else saved the list while this person changes it, and what to do so that neither loses anything. */
export function ChangedElsewhere({ base, mine, theirs, onMerge }: ChangedElsewhereProps) {
  return (
    <Alert
      color="yellow"
      icon={<IconGitMerge size={18} />}
      title="Somebody else changed this list meanwhile"
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          They {inWords(base, theirs)}; you {inWords(base, mine)}. Nothing of yours is lost: put it on top of theirs,
          look at the result, and save.
        </Text>
        <Button variant="default" onClick={onMerge}>
          Put my changes on top
        </Button>
      </Stack>
    </Alert>
  );
}

function inWords(before: readonly string[], after: readonly string[]): string {
  const { added, removed } = valueChanges(before, after);
  const parts = [
    ...(added.length > 0 ? [`added ${formatCount(added.length)}`] : []),
    ...(removed.length > 0 ? [`removed ${formatCount(removed.length)}`] : []),
  ];
  return parts.length === 0 ? 'changed only spelling or order' : parts.join(' and ');
}
