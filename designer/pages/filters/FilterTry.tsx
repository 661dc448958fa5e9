import { Alert, Button, Group, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FilterTryResult } from '../../../schemas/api/filters.ts';
import type { FilterRules } from '../../../schemas/filters.ts';
import { useTryFilters } from '../../api/filters.ts';
import { useInteractions } from '../../api/interactions.ts';
import { ErrorNote } from '../../shell/ErrorNote.tsx';
import { reasonWords } from '../../shell/reason-words.ts';

const outcomes: Record<FilterTryResult['outcome'], { title: string; color: string }> = {
  pass: { title: 'It passes', color: 'green' },
  skip: { title: 'It is kept out', color: 'orange' },
  ask: { title: 'A stranger would be asked', color: 'yellow' },
};

/** Would a mail pass? Asked with the rules as they stand in the form. */
export function FilterTry({ mailbox, rules }: { mailbox: string; rules: FilterRules }) {
  const past = useInteractions({ mailbox }, 50).data?.pages.flatMap(({ items }) => items) ?? [];
  const [mail, setMail] = useState<string | null>(null);
  const [from, setFrom] = useState('');
  const [subject, setSubject] = useState('');
  const attempt = useTryFilters(mailbox);
  const ask = () => attempt.mutate({ rules, ...(mail === null ? { from, subject } : { interaction: mail }) });
  const result = attempt.data;
  return (
    <Stack gap="xs" role="group" aria-label="Try the filters">
      <Text size="sm" fw={500}>
        Would it pass?
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          aria-label="Sender to try"
          placeholder="Sender"
          disabled={mail !== null}
          value={from}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          aria-label="Subject to try"
          placeholder="Subject"
          disabled={mail !== null}
          value={subject}
          onChange={({ currentTarget }) => setSubject(currentTarget.value)}
        />
      </SimpleGrid>
      <Group gap="xs">
        <Select
          aria-label="Past mail to try"
          placeholder="or a mail that came"
          clearable
          searchable
          flex={1}
          data={past.map(({ id, subject: about, from: sender }) => ({ value: id, label: `${about} (${sender})` }))}
          value={mail}
          onChange={setMail}
        />
        <Button variant="default" loading={attempt.isPending} onClick={ask}>
          Try
        </Button>
      </Group>
      {attempt.error && <ErrorNote error={attempt.error} title="Not tried" />}
      {result && (
        <Alert color={outcomes[result.outcome].color} title={outcomes[result.outcome].title} role="status">
          {reasonWords(result.reason)}
        </Alert>
      )}
    </Stack>
  );
}
