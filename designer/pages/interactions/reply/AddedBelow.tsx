import { Checkbox, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReplyStart } from '../../../../schemas/api/replies.ts';
import { UnfoldButton } from '../../../shell/UnfoldButton.tsx';

interface AddedBelowProps {
  start: Pick<ReplyStart, 'signature' | 'quoted'>;
  quote: boolean;
  onQuote: (quote: boolean) => void;
}

/** What is put below an answer by itself: the route's signature, and the mail if that is wanted. */
export function AddedBelow({ start: { signature, quoted }, quote, onQuote }: AddedBelowProps) {
  const [isShown, setShown] = useState(false);
  const below = [signature && `-- \n${signature}`, quote && quoted].filter(Boolean).join('\n\n');
  return (
    <Stack gap={6}>
      <Group gap="sm">
        {quoted !== '' && (
          <Checkbox
            size="xs"
            label="Quote the mail below"
            checked={quote}
            onChange={({ currentTarget }) => onQuote(currentTarget.checked)}
          />
        )}
        {below !== '' && <UnfoldButton what="what is added below" isShown={isShown} onToggle={setShown} />}
      </Group>
      {isShown && below !== '' && (
        <ScrollArea.Autosize mah={160} type="auto" viewportProps={{ tabIndex: 0 }}>
          <Text
            size="sm"
            c="var(--sluice-muted)"
            dir="auto"
            style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
          >
            {below}
          </Text>
        </ScrollArea.Autosize>
      )}
    </Stack>
  );
}
