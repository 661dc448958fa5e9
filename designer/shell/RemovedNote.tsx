import { Alert, Text } from '@mantine/core';
import { IconArchiveOff } from '@tabler/icons-react';
import type { Removal } from '../../schemas/retention.ts';
import { formatDay } from './format.ts';

interface RemovedNoteProps {
  /** "The source" */
  what: string;
  removal: Removal;
  /** What there still is. */
  left?: string;
}

/** Stands where something was, before a retention rule removed it. */
export function RemovedNote({ what, removal, left }: RemovedNoteProps) {
  return (
    <Alert color="gray" variant="light" icon={<IconArchiveOff size={18} />} p="sm" role="note">
      <Text size="sm">
        {what} was removed on {formatDay(removal.at)} by the retention rule of {removal.days} days.{left && ` ${left}`}
      </Text>
    </Alert>
  );
}
