import { Badge, Divider, Group, Stack, Text } from '@mantine/core';
import type { DomainRecord } from '../../../schemas/api/domains.ts';
import { CopyText } from '../../shell/CopyText.tsx';

const colours = { found: 'green', missing: 'orange', wrong: 'red', unknown: 'gray', unchecked: 'gray' } as const;
const words = {
  found: 'found',
  missing: 'missing',
  wrong: 'wrong',
  unknown: 'no answer',
  unchecked: 'not checked',
} as const;

export function RecordList({ records }: { records: readonly DomainRecord[] }) {
  return (
    <Stack gap="md" role="list" aria-label="DNS records">
      {records.map((record, index) => (
        <Stack key={record.key} gap={6} role="listitem" aria-label={titleOf(record)}>
          {index > 0 && <Divider />}
          <Group gap={8}>
            <Text fw={600}>{titleOf(record)}</Text>
            <Badge color={colours[record.state]}>{words[record.state]}</Badge>
            <Text size="xs" c="var(--sluice-muted)">
              {record.type}
            </Text>
          </Group>
          <Text size="sm" c="var(--sluice-muted)">
            {record.purpose}
          </Text>
          <CopyText text={record.name} name={`the name of ${titleOf(record)}`} />
          <CopyText block text={record.value} name={`the value of ${titleOf(record)}`} />
          {record.advice && <Text size="sm">{record.advice}</Text>}
          {record.found.length > 0 && record.state !== 'found' && (
            <Text size="xs" c="var(--sluice-muted)" style={{ overflowWrap: 'anywhere' }}>
              Found instead: {record.found.join(' · ')}
            </Text>
          )}
        </Stack>
      ))}
    </Stack>
  );
}

function titleOf({ key }: DomainRecord): string {
  const [kind = '', selector] = key.split(':');
  return selector === undefined ? kind.toUpperCase() : `DKIM ${selector}`;
}
