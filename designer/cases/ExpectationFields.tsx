import { Checkbox, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import type { Expectation } from '../../schemas/case.ts';
import { useQueues } from '../api/queues.ts';

interface ExpectationFieldsProps {
  value: Expectation;
  onChange: (value: Expectation) => void;
}

/** What must come of the mail. A part that is empty is not compared. */
export function ExpectationFields({ value, onChange }: ExpectationFieldsProps) {
  const { data } = useQueues();
  const change = <K extends keyof Expectation>(key: K, next: Expectation[K] | undefined) => {
    const { [key]: _, ...rest } = value;
    onChange(next === undefined ? rest : { ...rest, [key]: next });
  };
  const queues = data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const known = value.queue === undefined || queues.some((queue) => queue.value === value.queue);
  return (
    <Stack gap="xs">
      <Select
        label="It ends in"
        placeholder="Either"
        clearable
        data={[
          { value: 'transfer-to-queue', label: 'A queue' },
          { value: 'disconnect', label: 'A disconnect' },
        ]}
        value={value.ending ?? null}
        onChange={(ending) =>
          change('ending', ending === 'disconnect' || ending === 'transfer-to-queue' ? ending : undefined)
        }
      />
      {value.ending !== 'disconnect' && (
        <>
          <Select
            label="Queue"
            placeholder="Any"
            clearable
            searchable
            data={known ? queues : [{ value: value.queue ?? '', label: value.queue ?? '' }, ...queues]}
            value={value.queue ?? null}
            onChange={(queue) => change('queue', queue ?? undefined)}
          />
          <NumberInput
            label="Priority"
            placeholder="Any"
            allowDecimal={false}
            value={value.priority ?? ''}
            onChange={(priority) => change('priority', typeof priority === 'number' ? priority : undefined)}
          />
        </>
      )}
      <TextInput
        label="Reason"
        placeholder="Any"
        maxLength={2_000}
        value={value.reason ?? ''}
        onChange={({ currentTarget }) => change('reason', currentTarget.value === '' ? undefined : currentTarget.value)}
      />
      <NumberInput
        label="Auto-responses"
        placeholder="Any number"
        description="That the mail’s own headers allow"
        min={0}
        allowDecimal={false}
        value={value.responses ?? ''}
        onChange={(responses) => change('responses', typeof responses === 'number' ? responses : undefined)}
      />
      <Checkbox
        label="Not by the fallback"
        checked={value.fallback === false}
        onChange={({ currentTarget }) => change('fallback', currentTarget.checked ? false : undefined)}
      />
    </Stack>
  );
}
