import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '../api/client.ts';

interface ErrorNoteProps {
  error: unknown;
  title?: string;
  onRetry?: () => unknown;
}

/** What went wrong, in the server's words, with each issue and a way to try again. */
export function ErrorNote({ error, title = 'That did not work', onRetry }: ErrorNoteProps) {
  const issues = error instanceof ApiError ? error.issues : [];
  const [only] = issues;
  // For whoever reads nothing else the sentence names what the list names; here it would stand twice.
  const isRepeated = only !== undefined && issues.every(({ message }) => messageOf(error).includes(message));
  const sentence = isRepeated ? issues.length === 1 && only.message : messageOf(error);
  const listed = isRepeated && issues.length === 1 ? [] : issues;
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        {sentence && <Text size="sm">{sentence}</Text>}
        {listed.length > 0 && (
          <List size="sm">
            {listed.map((issue) => (
              <List.Item key={`${issue.path} ${issue.code}`}>{issue.message}</List.Item>
            ))}
          </List>
        )}
        {onRetry && (
          <Button variant="default" onClick={() => onRetry()}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** Words for a person, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
