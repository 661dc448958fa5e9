import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { FormEvent } from 'react';
import { useMailboxes } from '../api/mailboxes.ts';
import { useRoutes } from '../api/routes.ts';
import type { Choices } from './choices.ts';

interface BacktestFormProps {
  choices: Choices;
  onChange: (choices: Choices) => void;
  isRunning: boolean;
  /** Data actions are asked about only where there are some. */
  hasDataActions: boolean;
  onStart: () => void;
  onStop: () => void;
}

const amounts = ['100', '1000', '5000', '10000'].map((value) => ({
  value,
  label: `the newest ${Number(value).toLocaleString('en-GB')}`,
}));

const times = [
  { value: 'any', label: 'any time' },
  { value: '1', label: 'the last 24 hours' },
  { value: '7', label: 'the last 7 days' },
  { value: '30', label: 'the last 30 days' },
  { value: 'between', label: 'between two days' },
];

const answers = [
  { value: 'skip', label: 'leave the mail out, and count it' },
  { value: 'success', label: 'assume success, with an empty answer' },
  { value: 'failure', label: 'assume failure' },
  { value: 'timeout', label: 'assume a timeout' },
];

/** Which mails the draft runs on. */
export function BacktestForm({ choices, onChange, isRunning, hasDataActions, onStart, onStop }: BacktestFormProps) {
  const change = (part: Partial<Choices>) => onChange({ ...choices, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRunning) onStop();
    else onStart();
  };
  return (
    <form onSubmit={submit} aria-label="Which mails">
      <Group align="flex-end" gap="sm">
        <Choice label="Mails" data={amounts} w={160} value={choices.mails} onChange={(mails) => change({ mails })} />
        <SourceChoice value={choices.source} onChange={(source) => change({ source })} />
        <Choice label="Received" data={times} w={170} value={choices.time} onChange={(time) => change({ time })} />
        {choices.time === 'between' && (
          <>
            <Day label="From" value={choices.from} onChange={(from) => change({ from })} />
            <Day label="To" value={choices.until} onChange={(until) => change({ until })} />
          </>
        )}
        {hasDataActions && (
          <Choice
            label="A service without an answer on record"
            data={answers}
            w={270}
            value={choices.unrecorded}
            // One of the values above.
            onChange={(unrecorded) => change({ unrecorded: unrecorded as Choices['unrecorded'] })}
          />
        )}
        {isRunning ? (
          <Button type="submit" variant="default" leftSection={<IconPlayerStop size={15} />}>
            Stop
          </Button>
        ) : (
          <Button type="submit" leftSection={<IconPlayerPlay size={15} />}>
            Run the backtest
          </Button>
        )}
      </Group>
    </form>
  );
}

interface ChoiceProps {
  label: string;
  data: { value: string; label: string }[];
  w: number;
  value: string;
  onChange: (value: string) => void;
}

function Choice({ onChange, ...props }: ChoiceProps) {
  return <Select {...props} size="xs" allowDeselect={false} onChange={(value) => value !== null && onChange(value)} />;
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <TextInput
      type="date"
      size="xs"
      w={140}
      label={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

function SourceChoice({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const mailboxes = useMailboxes().data?.items ?? [];
  const routes = useRoutes().data?.items ?? [];
  return (
    <Select
      label="Which came"
      size="xs"
      w={220}
      allowDeselect={false}
      value={value}
      onChange={(chosen) => chosen !== null && onChange(chosen)}
      data={[
        { value: 'flow', label: 'to this flow' },
        { value: 'all', label: 'to any flow, or none' },
        ...group(
          'in a mailbox',
          mailboxes.map(({ id, name }) => ({ value: `mailbox:${id}`, label: name })),
        ),
        ...group(
          'by a route',
          routes.map(({ id, pattern }) => ({ value: `route:${id}`, label: pattern })),
        ),
      ]}
    />
  );
}

function group(name: string, items: { value: string; label: string }[]) {
  return items.length === 0 ? [] : [{ group: name, items }];
}
