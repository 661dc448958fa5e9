import { Alert, Group, List, Loader, Text, TextInput } from '@mantine/core';
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useCardWords } from '../actions/useCardWords.ts';
import { differenceWords } from './difference-words.ts';
import type { PublishCases } from './usePublishCases.ts';

/** More would push what is published out of sight. */
const maxListed = 5;

/** Whether the cases let the draft through; an administrator may say why it is published all the same. */
export function CasesGate({ cases }: { cases: PublishCases }) {
  const words = useCardWords();
  const { count, isRunning, differing, reason, setReason } = cases;
  if (count === 0) return null;
  if (isRunning || differing.length === 0) {
    return (
      <Group gap={8} role="status">
        {isRunning ? <Loader size={14} /> : <IconCircleCheck size={16} color="var(--mantine-color-green-6)" />}
        <Text size="sm">
          {isRunning ? 'The cases are running' : count === 1 ? 'The case passes' : `All ${count} cases pass`}
        </Text>
      </Group>
    );
  }
  return (
    <Alert
      color="red"
      icon={<IconCircleX size={18} />}
      title={differing.length === 1 ? '1 case differs' : `${differing.length} cases differ`}
    >
      <List size="sm" spacing={2}>
        {differing.slice(0, maxListed).map(({ name, problem, differences }) => (
          <List.Item key={name}>
            <b>{name}</b> {problem || differences.map((each) => differenceWords(each, words)).join('. ')}
          </List.Item>
        ))}
      </List>
      {differing.length > maxListed && (
        <Text size="sm">and {differing.length - maxListed} more in the cases panel</Text>
      )}
      {reason === null ? (
        <Text size="sm" mt="xs">
          Mend the flow, or change what the cases expect. An administrator may publish it all the same.
        </Text>
      ) : (
        <TextInput
          mt="xs"
          label="Publish all the same, because"
          description="Your name, this reason and the cases stay in the history"
          maxLength={1_000}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
    </Alert>
  );
}
